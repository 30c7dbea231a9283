"""The complete « accusé de réception électronique » of a ticket to be decided on (CRPA, art. R112-11-1).

The first acknowledgment leaves at once, before the topic is known. When an agent sets the topic, and
our silence would become a decision, this one says when, which one, and how to contest it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from requests_app.catalog.models import SilenceMonths, Topic
from requests_app.lib import french
from requests_app.lib.languages import speaking
from requests_app.lib.legal_clocks import LegalClock
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.tickets.competence import is_elsewhere
from requests_app.tickets.deadlines import clock_of, local_day, silence_of, suspended_until
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.messages.agent_in_charge import add_agent
from requests_app.tickets.messages.automatic import cancel_kind, plan_message
from requests_app.tickets.messages.identity import Identity
from requests_app.tickets.messages.missing_papers import are_papers_withdrawn, papers_words
from requests_app.tickets.messages.recipient import Reader, reader_of
from requests_app.tickets.messages.service_identity import as_mail, who_answers
from requests_app.tickets.models import Ticket

KIND = Outgoing.Kind.RECEIPT
IS_MAILED = Q(outgoing__kind=KIND) & ~Q(outgoing__state__in=Outgoing.NOT_RECEIVED)
"""A touchpoint that is a complete receipt, sent by mail or on its way."""
ENDS = " .,;"  # the sentence that ends with a name has its own ending


def confirm(*, ticket: Ticket, at: datetime) -> Outgoing | None:
    """State the clock and the remedies of the ticket's topic, and the missing documents (art. L114-5).

    Once for each regime and each list of documents, when a topic is set.

    A message that waits for another topic is cancelled. None when nothing is to be said: no regime, another
    body in charge (it acknowledges itself), no address that may be written to, or already said.
    """
    cancel_receipt(ticket=ticket, reason=_("Le motif ou le lieu a changé avant l’envoi."), at=at)
    topic = ticket.topic
    if topic is None or not is_owed(ticket):
        return None
    reader = reader_of(ticket)
    said = list(Outgoing.objects.filter(touchpoint__ticket=ticket, kind=KIND).order_by("pk"))
    if reader is None or _is_last_said(said, facts_of(ticket, topic)):
        return None
    message = _message(ticket, topic, reader, said, local_day(at))
    outgoing = plan_message(ticket=ticket, message=message, no_answer_reason=reader.why_silent, at=at)
    if outgoing.state != Outgoing.State.REFUSED:
        links.link_for(message.key, FOLLOW, ticket.pk, at)
    return outgoing


def is_owed(ticket: Ticket) -> bool:
    """Tell whether the person is owed a complete receipt: a decision is expected here, or documents."""
    if ticket.topic is None or is_elsewhere(ticket):
        return False
    if ticket.topic.expects_decision or ticket.missing_papers:
        return True
    return are_papers_withdrawn(ticket)


def cancel_receipt(*, ticket: Ticket, reason: str, at: datetime) -> None:
    """Cancel the receipt that has not left yet."""
    cancel_kind(ticket, KIND, reason=reason, at=at)


def facts_of(ticket: Ticket, topic: Topic) -> dict[str, str]:
    """Return what tells one receipt from another, stored with its text."""
    complete = ticket.papers_complete_at.isoformat() if ticket.papers_complete_at else ""
    until = f"{ticket.papers_until}" if ticket.papers_until else ""
    return {
        "regime": topic.settled_regime,
        "papers": f"{until}{ticket.missing_papers}",
        "complete": complete,
        "day": str(silence_of(ticket) or ""),
        "appeal": f"{topic.appeal} {topic.is_appeal_settled}" if topic.expects_decision else "",
        "author": f"{topic.appeal_to} {topic.appeal_court}" if topic.is_appeal_settled else "",
        "note": topic.settled_note(settings.LANGUAGE_CODE),
    }


def states_facts(outgoing: Outgoing, facts: dict[str, str]) -> bool:
    """Tell whether a receipt states these facts; one of the previous version lacks some."""
    return all(outgoing.payload.get(name, value) == value for name, value in facts.items())


def is_said(ticket: Ticket) -> bool:
    """Tell whether the last receipt sent by mail is still true."""
    said = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=KIND).order_by("pk")
    return ticket.topic is not None and _is_last_said(said, facts_of(ticket, ticket.topic))


def _is_last_said(said: Iterable[Outgoing], facts: dict[str, str]) -> bool:
    """Tell whether the last one says it; only that one counts: a day changed twice is stated again."""
    sent = [each for each in said if each.state != Outgoing.State.CANCELLED]
    return bool(sent) and states_facts(sent[-1], facts)


def _message(ticket: Ticket, topic: Topic, reader: Reader, said: Sequence[Outgoing], today: date) -> Message:
    with speaking(ticket.language):
        who = add_agent(who_answers(ticket), ticket)
        context = _context(ticket, topic, who, today)
        context["replaces"] = any(each.state in Outgoing.LEFT for each in said)
    return as_mail(
        ticket,
        reader,
        KIND,
        who=who,
        template="messages/receipt.txt",
        context=context,
        rank=len(said) + 1,
        agent=who.agent,
        **facts_of(ticket, topic),
    )


def _context(ticket: Ticket, topic: Topic, who: Identity, today: date) -> dict[str, object]:
    """Build the template's context; the link to the page is added as the mail leaves."""
    return {
        "reference": ticket.reference,
        "topic": plain_label(topic),
        "received": french.moment(ticket.received_at),
        "due": due_words(ticket, today),
        "who": who,
        "link": links.PLACEHOLDER,
        **papers_words(ticket),
        **silence_words(ticket, topic, today=today),
    }


def due_words(ticket: Ticket, today: date, *, said: Callable[[datetime], str] = french.day) -> str:
    """Say by when an answer was announced; "" once that day is past."""
    return said(ticket.due_at) if ticket.due_at and local_day(ticket.due_at) >= today else ""


def plain_label(topic: Topic) -> str:
    """Return the topic as messages name it; "" when its name says something of the person (A03, S07)."""
    return topic.label if topic.sensitivity == Topic.Sensitivity.NORMAL else ""


def silence_words(
    ticket: Ticket,
    topic: Topic,
    *,
    said: Callable[[date], str] = french.day,
    today: date | None = None,
) -> dict[str, object]:
    """Build the context of messages/_silence.txt; ``has_silence`` is false when nothing is certain."""
    return words_of_clock(topic, clock_of(ticket), suspended_until(ticket), said=said, today=today)


def words_of_clock(
    topic: Topic,
    clock: LegalClock | None,
    until: date | None,
    *,
    said: Callable[[date], str],
    today: date | None = None,
) -> dict[str, object]:
    """Build the same from a clock and the last day given for documents.

    ``is_born``: silence has decided, stated in the past tense; later requests for documents stop nothing.
    """
    return {
        "has_silence": clock is not None,
        "is_born": bool(today and clock and clock.day and clock.day < today),
        "silence": said(clock.day) if clock and clock.day else "",
        "stops_until": said(until) if until else "",
        "is_refusal": topic.settled_regime == Topic.Regime.SILENCE_REFUSAL,
        "is_appeal": topic.appeal == Topic.Appeal.IS_APPEAL,
        "months": str(SilenceMonths(topic.silence_months).label),
        "acceptance_note": topic.settled_note(get_language() or settings.LANGUAGE_CODE),
        **appeal_words(topic),
    }


def appeal_words(topic: Topic) -> dict[str, object]:
    """Build the context of messages/_appeal.txt; ``appeal`` is "" until its delays are confirmed."""
    return {
        "appeal": topic.appeal if topic.is_appeal_settled else "",
        "appeal_kind": topic.appeal,
        "appeal_to": (topic.appeal_to or _whom_to_write_to(topic)).rstrip(ENDS),
        "court": topic.court.rstrip(ENDS),
    }


def _whom_to_write_to(topic: Topic) -> str:
    if topic.appeal == Topic.Appeal.DOCUMENTS:
        return _("la Commission d’accès aux documents administratifs (CADA), www.cada.fr")
    return _("l’auteur de la décision, au service ci-dessous")
