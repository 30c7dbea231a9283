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

ANSWERED = "answered_by_person"  # one of the marks shown, stored as an instant of the ticket


def ticket_as_plain(ticket: Ticket, *, on: date | None = None) -> dict[str, Any]:
    """Return a ticket as product.md promises; what the product does not store yet is null or empty."""
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
    """Return the ticket of a full reference, with its annotations."""
    joined = Ticket.objects.select_related("maison", "topic", "proposed_topic", "person", "merged_into")
    return joined.filter(reference=reference).first()


def _proposed_topic(ticket: Ticket) -> str | None:
    """Return what the lists propose, else what is proposed to its readers only."""
    if ticket.proposed_topic:
        return ticket.proposed_topic.code
    first = ticket.touchpoints.filter(direction=Touchpoint.Direction.IN).order_by("pk").first()
    text = (first.reply_text or first.text) if first else ""
    confided = confided_topic(ticket, text, current())
    return confided.topic.code if confided else None


def _codes(maison_ids: list[int]) -> list[str]:
    """Return the codes of the Maisons that share a ticket; no statement when it has its own."""
    if not maison_ids:
        return []
    return sorted(Maison.objects.filter(pk__in=maison_ids).values_list("code", flat=True))


def _participants(ticket: Ticket) -> list[dict[str, str]]:
    present = Participant.objects.present().filter(ticket__in=family_of(ticket)).order_by("pk")
    return [{"name": each.name, "role": each.role, "address": each.address} for each in present]


def _links(ticket: Ticket) -> list[str]:
    """Return linked tickets, proposed ones too; not those an agent refused."""
    links = TicketLink.objects.exclude(is_accepted=False)
    theirs = links.filter(to_ticket=ticket).annotate(other=F("from_ticket__reference"))
    ours = links.filter(from_ticket=ticket).annotate(other=F("to_ticket__reference"))
    return sorted({*ours.values_list("other", flat=True), *theirs.values_list("other", flat=True)})


def _messages(ticket: Ticket) -> list[Touchpoint]:
    """Return all touchpoints in the order of the thread, without messages that were held back."""
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
