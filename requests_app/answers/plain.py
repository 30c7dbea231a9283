"""A ticket as plain data: what an agent with every right would know, for outside checks."""

from datetime import UTC, date
from typing import Any

from django.db.models import F, Q

from requests_app.answers.recipients import read_recipients
from requests_app.maisons.models import Maison
from requests_app.people.plain import person_as_plain
from requests_app.routing.territory import current
from requests_app.tickets.models import Participant, Ticket, TicketLink, Touchpoint
from requests_app.tickets.selectors.confided_topics import confided_topic
from requests_app.tickets.selectors.family import family_of, thread_q

ANSWERED = "answered_by_person"  # one of the marks told, kept as an instant of the ticket


def ticket_as_plain(ticket: Ticket, *, on: date | None = None) -> dict[str, Any]:
    """Shape a ticket as product.md promises it; what no part of the product keeps yet is null or empty."""
    return {
        "reference": ticket.reference,
        "channel": ticket.channel,
        "state": ticket.state,
        "priority": ticket.priority,
        "marks": [*ticket.marks, *([ANSWERED] if ticket.has_new_words else [])],
        "maison": ticket.maison.code if ticket.maison else None,
        "shared_with": _codes(ticket.shared_with),
        "topic": ticket.topic.code if ticket.topic else None,
        "proposed_topic": _proposed_topic(ticket),
        "proposed_transfer": ticket.transfer_body or None,
        "language": ticket.language or None,
        "person": person_as_plain(ticket.person),
        "participants": _participants(ticket),
        "reply_to": [each.address for each in read_recipients(ticket, on=on) if not each.why_not],
        "merged_into": ticket.merged_into.reference if ticket.merged_into else None,
        "links": _links(ticket),
        "messages": [_message(touchpoint) for touchpoint in _messages(ticket)],
    }


def find_ticket(reference: str) -> Ticket | None:
    """Return the ticket of a reference in its whole form, with what is told of it."""
    joined = Ticket.objects.select_related("maison", "topic", "proposed_topic", "person", "merged_into")
    return joined.filter(reference=reference).first()


def _proposed_topic(ticket: Ticket) -> str | None:
    """Return what the lists propose, else what only those who may read it are proposed."""
    if ticket.proposed_topic:
        return ticket.proposed_topic.code
    first = ticket.touchpoints.filter(direction=Touchpoint.Direction.IN).order_by("pk").first()
    text = (first.reply_text or first.text) if first else ""
    confided = confided_topic(ticket, text, current())
    return confided.topic.code if confided else None


def _codes(maison_ids: list[int]) -> list[str]:
    """Return the Maisons that share a ticket, by code; no statement for one that has its own."""
    if not maison_ids:
        return []
    return sorted(Maison.objects.filter(pk__in=maison_ids).values_list("code", flat=True))


def _participants(ticket: Ticket) -> list[dict[str, str]]:
    present = Participant.objects.present().filter(ticket__in=family_of(ticket)).order_by("pk")
    return [{"name": each.name, "role": each.role, "address": each.address} for each in present]


def _links(ticket: Ticket) -> list[str]:
    """Return the tickets that go with this one, proposed ones too; not those an agent said do not."""
    links = TicketLink.objects.exclude(is_accepted=False)
    theirs = links.filter(to_ticket=ticket).annotate(other=F("from_ticket__reference"))
    ours = links.filter(from_ticket=ticket).annotate(other=F("to_ticket__reference"))
    return sorted({*ours.values_list("other", flat=True), *theirs.values_list("other", flat=True)})


def _messages(ticket: Ticket) -> list[Touchpoint]:
    """Return all that passed, in the order of the thread; what was kept from leaving was never said."""
    refused = Q(outgoing__state__in=("refused", "cancelled"))
    return list(Touchpoint.objects.filter(thread_q(ticket)).exclude(refused).order_by("occurred_at", "pk"))


def _message(touchpoint: Touchpoint) -> dict[str, str]:
    return {
        "channel": touchpoint.channel,
        "direction": touchpoint.direction,
        "text": touchpoint.text,
        "reply_text": touchpoint.reply_text,
        "at": touchpoint.occurred_at.astimezone(UTC).isoformat(),
    }
