"""What our letters say: the printed acknowledgment (CRPA, art. R112-5), signed (art. L111-2)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.accounts.signing import Signer, signature, signer_of
from requests_app.channels.description import Medium
from requests_app.channels.registry import channel_of, keys_of
from requests_app.lib import french
from requests_app.lib.languages import speaking
from requests_app.outbox import pages
from requests_app.tickets.competence import is_elsewhere
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.letters.rendering import Paper
from requests_app.tickets.messages.agent_in_charge import add_agent
from requests_app.tickets.messages.identity import Identity, identity_of
from requests_app.tickets.messages.missing_papers import papers_words
from requests_app.tickets.messages.receipt import due_words, facts_of, plain_label, silence_words
from requests_app.tickets.messages.recipient import language_known
from requests_app.tickets.messages.relay import relay_words
from requests_app.tickets.messages.service_identity import reachable
from requests_app.tickets.models import Ticket, Touchpoint

ADDRESS_LINES = 5


def acknowledgment(ticket: Ticket, *, by: User, at: datetime) -> Paper:
    """Build the acknowledgment of one ticket as printed now, in its reader's language."""
    return acknowledgments([ticket], by=by, at=at)[0]


def acknowledgments(tickets: Sequence[Ticket], *, by: User, at: datetime) -> list[Paper]:
    """Build those of several tickets, with their Maison and commune loaded; at most five more statements."""
    letters, signer = _first_letters(tickets), signer_of(by)
    prefetch_related_objects(tickets, "document_requests", "assignee__memberships")
    return [_acknowledgment(ticket, letters.get(ticket.pk), signer, at) for ticket in tickets]


def _acknowledgment(ticket: Ticket, first: Touchpoint | None, signer: Signer, at: datetime) -> Paper:
    with speaking(ticket.language):
        return replace(_write(ticket, first, signer, at), language=(get_language() or "fr")[:2])


def _write(ticket: Ticket, first: Touchpoint | None, signer: Signer, at: datetime) -> Paper:
    who = add_agent(reachable(identity_of(ticket.maison)), ticket)
    context = {
        **_dates(ticket, first, local_day(at)),
        **_topic(ticket, local_day(at)),
        "who": who,
        "reference": ticket.reference,
        "follow_up": pages.address_of(pages.BY_NUMBER),
    }
    text = render_to_string("messages/letter_acknowledgment.txt", context)
    subject = _("Accusé de réception de votre demande %(reference)s") % {"reference": ticket.reference}
    return Paper(
        who=head_of(who),
        to=_reader(ticket, first),
        day=_("Le %(day)s") % {"day": french.full_date(at)},
        subject=subject,
        paragraphs=_paragraphs(text),
        signature=signature_of(signer, ticket, who),
    )


def answer(ticket: Ticket, text: str, *, by: User, at: datetime) -> Paper:
    """Build an agent's answer as printed now; the text is theirs, the rest is in the reader's language."""
    first = _first_letters([ticket]).get(ticket.pk)
    with speaking(language_known(ticket)):
        who = reachable(identity_of(ticket.maison))
        return Paper(
            who=head_of(who),
            to=_reader(ticket, first),
            day=_("Le %(day)s") % {"day": french.full_date(at)},
            subject=_("Votre demande %(reference)s") % {"reference": ticket.reference},
            paragraphs=_paragraphs(text),
            signature=signature_of(signer_of(by), ticket, who),
            foot=render_to_string("messages/_data.txt").strip(),
            language=(get_language() or "fr")[:2],
        )


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def as_text(paper: Paper) -> str:
    """Return the text of a letter, for the thread."""
    return "\n\n".join([*paper.paragraphs, "\n".join(paper.signature)])


def head_of(who: Identity) -> list[str]:
    """Return the letterhead: name, address, telephone and relay service, e-mail."""
    relay = relay_words() if who.phone else ""
    return [line for line in (who.name, who.address, who.phone, relay, who.email) if line]


def signature_of(signer: Signer, ticket: Ticket, who: Identity) -> list[str]:
    """Return the signer's name, function at this place, and the place (CRPA, art. L111-2)."""
    return [*signature(signer, ticket.maison_id), _("Agent de : %(place)s") % {"place": who.name}]


def written_to(touchpoints: QuerySet[Touchpoint]) -> QuerySet[Touchpoint]:
    """Narrow to those that give the person's postal address: letters, forms with an address."""
    came = touchpoints.filter(direction=Touchpoint.Direction.IN)
    return came.filter(facts__has_key="postal").exclude(facts__postal="")


def paper_of(ticket: Ticket) -> dict[str, str]:
    """Return what tells one printed receipt from another, stored with its text."""
    return facts_of(ticket, ticket.topic) if ticket.topic and not is_elsewhere(ticket) else {}


def _first_letters(tickets: Sequence[Ticket]) -> dict[int, Touchpoint]:
    """Return the first letter received for each ticket, else the first form that gave a postal address."""
    came = Touchpoint.objects.filter(ticket__in=tickets, direction=Touchpoint.Direction.IN)
    is_letter = Q(channel__in=keys_of(Medium.PAPER))
    came = came.filter(is_letter | Q(facts__has_key="postal"))
    latest_first = came.order_by(Case(When(is_letter, then=1), default=0), "-occurred_at", "-pk")
    return {touchpoint.ticket_id: touchpoint for touchpoint in latest_first}


def _dates(ticket: Ticket, letter: Touchpoint | None, today: date) -> dict[str, str]:
    """Return the dates written, arrived and registered: the clocks count from the second."""
    written = letter.facts.get("written_on") if letter else None
    return {
        "written": french.full_date(date.fromisoformat(written)) if written else "",
        "received": french.full_date(ticket.received_at),
        "noted": french.full_date(letter.recorded_at) if letter and _is_paper(letter) else "",
        "due": due_words(ticket, today, said=french.full_date),
    }


def _is_paper(letter: Touchpoint) -> bool:
    return channel_of(letter.channel).medium == Medium.PAPER


def _topic(ticket: Ticket, today: date) -> dict[str, Any]:
    """Name the topic, unless it says something of the person: somebody else may open the envelope."""
    topic = ticket.topic
    if topic is None or is_elsewhere(ticket):
        return {"topic": "", "has_silence": False, **papers_words(ticket, said=french.full_date)}
    return {
        "topic": plain_label(topic),
        **papers_words(ticket, said=french.full_date),
        **silence_words(ticket, topic, said=french.full_date, today=today),
    }


def _reader(ticket: Ticket, letter: Touchpoint | None) -> list[str]:
    facts = letter.facts if letter else {}
    name = ticket.person.full_name if ticket.person else ticket.sender
    postal = [part.strip() for part in str(facts.get("postal") or "").split(",") if part.strip()]
    organisation = str(facts.get("organisation") or "")
    to = [organisation, name if name != organisation else "", *postal[:ADDRESS_LINES]]
    return [line for line in to if line]
