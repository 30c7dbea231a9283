"""Two channels within days, one topic, one person: proposed as one matter, decided by an agent."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from requests_app.tickets.models import Ticket, TicketLink
from requests_app.tickets.services.links import link

WITHIN = timedelta(days=10)
MAX_PROPOSED, LOOKED_AT = 3, 40


def propose_same_story(ticket: Ticket, at: datetime, *, among: Collection[Ticket] | None = None) -> None:
    """Propose the person's other open tickets about the same topic; ``among`` those already read.

    Such a proposal reveals a reserved topic to nobody (threats: A03).
    """
    topic = ticket.topic_id or ticket.proposed_topic_id
    if ticket.person_id is None or topic is None or ticket.is_sensitive:
        return
    others = _others(ticket) if among is None else among
    same = [other for other in others if not other.is_sensitive and _topic(other) == topic]
    newest = sorted(same, key=lambda other: (other.received_at, other.pk), reverse=True)
    for other in newest[:MAX_PROPOSED]:
        link(from_ticket=ticket, to_ticket=other, kind=TicketLink.Kind.PROPOSED, at=at)


def is_near(ticket: Ticket, at: datetime) -> bool:
    """Tell whether it is open, and came within days of this instant."""
    return ticket.is_open and abs(at - ticket.received_at) <= WITHIN


def _topic(ticket: Ticket) -> int | None:
    return ticket.topic_id or ticket.proposed_topic_id


def _others(ticket: Ticket) -> list[Ticket]:
    """List the person's other open tickets of about the same days, not linked yet; one statement."""
    linked = Q(links__to_ticket=ticket) | Q(linked_from__from_ticket=ticket)
    others = Ticket.objects.open().filter(person=ticket.person_id).exclude(linked).exclude(pk=ticket.pk)
    return [other for other in others.order_by("-pk")[:LOOKED_AT] if is_near(other, ticket.received_at)]
