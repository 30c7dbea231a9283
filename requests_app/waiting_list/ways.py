"""By which short message somebody on the list is told: that of reminders, at a telephone they answer by."""

from collections.abc import Sequence

from requests_app.channels.ways_out import outbound_of
from requests_app.reminders.ways import ContactMethod, ways_to_each
from requests_app.tickets.models import Ticket


def short_ways(tickets: Sequence[Ticket]) -> dict[int, list[ContactMethod]]:
    """Return by ticket the ways that carry a short message, best first; two statements at most."""
    found = ways_to_each(tickets)
    return {pk: [way for way in ways if _is_short(way)] for pk, ways in found.items()}


def _is_short(way: ContactMethod) -> bool:
    out = outbound_of(way.channel)
    return out is not None and out.is_brief
