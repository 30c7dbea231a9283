"""The complete « accusé de réception électronique » of a demand to be decided on (CRPA, art. R112-11-1).

The first acknowledgment leaves at once and knows no topic. When an agent says what the demand is about, and
our silence would become a decision, this one says when, in which sense, and what can be done about it.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.tickets.deadlines import silence_on
from requests_app.tickets.messages.automatic import say, take_back_kind
from requests_app.tickets.messages.identity import Identity
from requests_app.tickets.messages.recipient import Reader, reader_of
from requests_app.tickets.messages.spoken import as_mail, who_answers
from requests_app.tickets.models import Ticket

KIND = Outgoing.Kind.RECEIPT


def confirm(*, ticket: Ticket, at: datetime) -> Outgoing | None:
    """Say the clock and the recourse of the ticket's topic, once for each regime, when a topic is set.

    What waits for another topic is taken back. None when nothing is to be said: no regime, another body's
    business (it acknowledges itself), no address that may be written to, or already said.
    """
    take_back(ticket=ticket, reason=_("Le motif ou le lieu a changé avant l’envoi."), at=at)
    topic = ticket.topic
    if topic is None or topic.regime == Topic.Regime.NONE or ticket.transfer_body:
        return None
    reader = reader_of(ticket)
    said = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=KIND)
    if reader is None or _is_said(said, topic):
        return None
    message = _message(ticket, topic, reader, rank=len(said) + 1)
    return say(ticket=ticket, message=message, no_answer_reason=reader.why_silent, at=at)


def take_back(*, ticket: Ticket, reason: str, at: datetime) -> None:
    """Cancel the one that has not left yet."""
    take_back_kind(ticket, KIND, reason=reason, at=at)


def _is_said(said: QuerySet[Outgoing], topic: Topic) -> bool:
    told = [each for each in said if each.state != Outgoing.State.CANCELLED]
    return any(each.payload.get("regime") == topic.regime for each in told)


def _message(ticket: Ticket, topic: Topic, reader: Reader, *, rank: int) -> Message:
    who = who_answers(ticket)
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(ticket, topic, who)
    return as_mail(
        ticket,
        reader,
        KIND,
        who=who,
        template="messages/receipt.txt",
        context=context,
        rank=rank,
        regime=topic.regime,
    )


def _context(ticket: Ticket, topic: Topic, who: Identity) -> dict[str, object]:
    """What the template asks; a topic that says something of the person is never named in a mail."""
    is_plain = topic.sensitivity == Topic.Sensitivity.NORMAL
    return {
        "reference": ticket.reference,
        "topic": topic.label if is_plain else _("motif réservé"),
        "received": french.moment(ticket.received_at),
        "due": french.day(ticket.due_at) if ticket.due_at else "",
        "who": who,
        **silence_words(ticket, topic),
    }


def silence_words(
    ticket: Ticket, topic: Topic, *, said: Callable[[date], str] = french.day
) -> dict[str, object]:
    """What messages/_silence.txt asks; ``silence`` is "" when our silence decides nothing."""
    silence = silence_on(ticket.received_at, topic)
    return {
        "silence": said(silence) if silence else "",
        "is_refusal": topic.regime == Topic.Regime.SILENCE_REFUSAL,
        "court": settings.APPEAL_COURT,
    }
