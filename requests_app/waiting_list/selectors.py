"""What waiting lists came to: places, hours taken up again, days gained."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from requests_app.first_delay.selectors.sources import Listed
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import family_of
from requests_app.waiting_list.models import FreedSlot, Place


@dataclass(frozen=True, slots=True)
class Refilled:
    """What became of the hours freed in a period. ``days_gained`` counts those who had a later date."""

    freed: int
    refilled: int
    days_gained: int
    waiting: int


def count_refilled(*, maison_ids: Collection[int] | None, start: datetime, end: datetime) -> Refilled:
    """Count them; None is every Maison. Two statements."""
    where = Q() if maison_ids is None else Q(maison__in=maison_ids)
    slots = FreedSlot.objects.filter(where, freed_at__gte=start, freed_at__lt=end)
    refilled = Q(state=FreedSlot.State.REFILLED)
    row = slots.aggregate(
        freed=Count("pk"), refilled=Count("pk", filter=refilled), gained=Sum("days_gained", filter=refilled)
    )
    waiting = Place.objects.open().filter(where).count()
    return Refilled(row["freed"], row["refilled"], row["gained"] or 0, waiting)


def places_of(ticket: Ticket) -> QuerySet[Place]:
    """Select the places that a ticket's person holds, with what they wait for."""
    rows = Place.objects.open().filter(ticket__in=family_of(ticket))
    return rows.select_related("type", "maison").order_by("since", "pk")


def listed_since(since: datetime) -> Iterable[Listed]:
    """List the places ever taken about tickets received since an instant; one statement."""
    rows = Place.objects.filter(ticket__received_at__gte=since).order_by("since", "pk")
    columns = ("ticket", "type__code", "maison__code", "since")
    return [Listed(*row) for row in rows.values_list(*columns)]
