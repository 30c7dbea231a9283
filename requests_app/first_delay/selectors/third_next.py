"""Third next available: how many days away the third free slot was, day after day."""

from datetime import date, timedelta

from requests_app.first_delay.delays import Delay, Followed, measure
from requests_app.first_delay.models import ThirdNext
from requests_app.first_delay.segments import Segment
from requests_app.first_delay.survival import Wait
from requests_app.tickets.deadlines import local_day


def measure_third_next(segment: Segment, *, at: date) -> Delay:
    """Measure it over the days of a window up to one day; ``waiting``: days on which there was none.

    Slots are the same for everybody: first-time or regular makes no difference.
    """
    rows = ThirdNext.objects.filter(day__range=(segment.first, min(segment.last, at)))
    if segment.maison is not None:
        rows = rows.filter(maison__code=segment.maison)
    if segment.type is not None:
        rows = rows.filter(type__code=segment.type)
    return measure([follow_measure(row) for row in rows])


def follow_measure(row: ThirdNext) -> Followed:
    """Follow the wait up to the third slot, else up to the last day that was searched."""
    until = local_day(row.start) if row.start else row.looked_until
    return Followed(Wait((until - row.day) // timedelta(days=1), row.start is not None), row.start is None)
