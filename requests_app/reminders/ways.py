"""By which way a person may be told of an appointment: SMS first, then mail; what she refused is not one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from requests_app.lib import phones
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Channel, Ticket
from requests_app.tickets.selectors.person_proposals import shared_among

Use, Kind = ContactPoint.Use, ContactPoint.Kind


@dataclass(frozen=True, slots=True)
class Way:
    """A channel and a contact point that is hers."""

    channel: str
    point: ContactPoint


def ways_to(ticket: Ticket) -> list[Way]:
    """Each way to reach the person of a demand, the best first; one statement."""
    return ways_to_each([ticket])[ticket.pk]


def ways_to_each(tickets: Sequence[Ticket]) -> dict[int, list[Way]]:
    """The same for many demands, by their ids; one statement, two when one of them is sensitive."""
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


def _ways(ticket: Ticket, points: Sequence[ContactPoint], shared: Collection[str]) -> list[Way]:
    found = [Way(channel, point) for point in points if (channel := channel_of(point, ticket, shared))]
    return sorted(found, key=lambda way: way.channel != Channel.Kind.SMS)


def channel_of(point: ContactPoint, ticket: Ticket, shared: Collection[str]) -> str:
    """The channel that may be used there, or "".

    A shared one tells the others of the household: never about a sensitive demand. ``shared`` are those
    that were said to be, for this ticket.
    """
    is_shared = point.is_shared or point.value in shared
    if point.needs_check or not point.allows(Use.REMINDER) or (is_shared and ticket.is_sensitive):
        return ""
    if point.kind == Kind.EMAIL:
        return Channel.Kind.MAIL
    return Channel.Kind.SMS if phones.takes_sms(point.value) else ""
