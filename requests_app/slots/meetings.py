"""What an opening, an absence or a closure meets: a warning, which forbids nothing."""

from datetime import date, datetime, time, timedelta

from requests_app.appointments.models import Appointment
from requests_app.slots.computing.intervals import Interval, join
from requests_app.slots.computing.recurrence import Series
from requests_app.slots.computing.wall_clock import to_instant
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.models.wall_times import RepeatedTime, WallTime
from requests_app.slots.rules import read_rule

HORIZON = timedelta(days=366)  # what repeats without end is looked at for a year


def overlapping(opening: Opening) -> list[Opening]:
    """List the other openings of the agent, at any Maison, that share some time with this one.

    A year is looked at, from the first day on which it counts.
    """
    others = Opening.objects.standing().filter(agent=opening.agent_id).exclude(pk=opening.pk)
    counts_from = datetime.combine(opening.valid_from or opening.starts_on, time.min)
    window = _year_from(to_instant(max(opening.start, counts_from)))
    mine = _times(opening, window)
    rows = others.select_related("maison").order_by("starts_on", "starts_at", "pk")
    return [other for other in rows if _meet(mine, _times(other, window))]


def appointments_met(row: Absence | Closure, *, at: datetime) -> list[Appointment]:
    """List the appointments still to come that an absence or a closure meets, soonest first."""
    window = _year_from(max(at, to_instant(row.start)))
    times = _times(row, window)
    theirs = {"agent": row.agent_id} if isinstance(row, Absence) else {"maison": row.maison_id}
    coming = Appointment.objects.expected().filter(**theirs, ends_at__gt=window.start)
    rows = coming.filter(starts_at__lt=window.end).select_related("ticket").order_by("starts_at", "pk")
    return [each for each in rows if _meet(times, [Interval(each.starts_at, each.ends_at)])]


def meets(row: Absence | Closure, appointment: Appointment) -> bool:
    """Tell whether an absence or a closure takes some of the time of an appointment."""
    booked = Interval(appointment.starts_at, appointment.ends_at)
    return _meet(_times(row, booked), [booked])


def _year_from(start: datetime) -> Interval:
    return Interval(start, start + HORIZON)


def _times(row: WallTime, window: Interval) -> list[Interval]:
    return join(_series(row).intervals(window))


def _series(row: WallTime) -> Series:
    if not isinstance(row, RepeatedTime):
        return Series(row.start, row.end)
    first, last = row.valid_from or date.min, row.valid_until or date.max
    return Series(row.start, row.end, read_rule(row.rrule), first, last)


def _meet(ones: list[Interval], others: list[Interval]) -> bool:
    """Tell whether any two share time: both are joined and in order, touching is not meeting."""
    i = j = 0
    while i < len(ones) and j < len(others):
        if ones[i].start < others[j].end and others[j].start < ones[i].end:
            return True
        if ones[i].end <= others[j].end:
            i += 1
        else:
            j += 1
    return False
