"""How a person may be told of an appointment, in the channels' order; never by a refused one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from requests_app.channels.description import Channel
from requests_app.channels.ways_out import ways_out
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.person_proposals import shared_among

Use = ContactPoint.Use


@dataclass(frozen=True, slots=True)
class ContactMethod:
    """A channel and a contact point of theirs."""

    channel: str
    point: ContactPoint


def ways_to(ticket: Ticket) -> list[ContactMethod]:
    """List the ways to reach a ticket's person, best first; one statement."""
    return ways_to_each([ticket])[ticket.pk]


def ways_to_each(tickets: Sequence[Ticket]) -> dict[int, list[ContactMethod]]:
    """Return the same for many tickets, by id; one statement, two when one of them is sensitive."""
    persons = {ticket.person_id for ticket in tickets if ticket.person_id}
    points = defaultdict(list)
    theirs = ContactPoint.objects.select_related("person").filter(person__in=persons)
    for point in theirs.order_by("-verified_at", "pk"):
        points[point.person_id].append(point)
    shared = shared_among([ticket for ticket in tickets if ticket.is_sensitive])
    return {
        ticket.pk: _ways(ticket, points[ticket.person_id or 0], shared.get(ticket.pk, ()))
        for ticket in tickets
    }


def _ways(ticket: Ticket, points: Sequence[ContactPoint], shared: Collection[str]) -> list[ContactMethod]:
    found = [(place, point) for point in points for place in places_at(point, ticket, shared)[:1]]
    return [ContactMethod(key, point) for (_place, key), point in sorted(found, key=lambda each: each[0][0])]


def places_at(point: ContactPoint, ticket: Ticket, shared: Collection[str]) -> list[tuple[int, str]]:
    """Return the channels that may be used at a contact point with their rank, best first.

    A shared one tells the rest of the household: never about a sensitive ticket. ``shared`` are those
    said to be shared, for this ticket.
    """
    is_shared = point.is_shared or point.value in shared
    if point.needs_check or not point.allows(Use.REMINDER) or (is_shared and ticket.is_sensitive):
        return []
    reaching = [each for each in ways_out() if each.outbound and each.outbound.reaches(point)]
    return sorted((place, each.key) for each in reaching if (place := _place(each)) is not None)


def _place(channel: Channel) -> int | None:
    return channel.outbound.reminder_place if channel.outbound else None
