"""Read what groups of people lived over a period (groups.py), and the waits of each Maison."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import timedelta

from django.db.models import Q, Sum

from requests_app.indicators.delays import middle
from requests_app.indicators.models import DayWait, GroupTotal
from requests_app.indicators.periods import Choice, Period, period_of
from requests_app.indicators.where import Where
from requests_app.tickets.selectors.counts import FEW

Axis = GroupTotal.Axis


@dataclass(frozen=True, slots=True)
class Lived:
    """What a group lived, as GroupTotal counts it; ``persons`` under five may not be shown."""

    persons: int = 0
    received: int = 0
    due: int = 0
    in_time: int = 0
    came_back: int = 0
    closed: int = 0
    answers: int = 0
    good: int = 0
    efforts: int = 0
    hard: int = 0

    def join(self, other: "Lived") -> "Lived":
        return Lived(*(getattr(self, name) + getattr(other, name) for name in NAMES))


NAMES = tuple(each.name for each in fields(Lived))


@dataclass(slots=True)
class LivedGroups:
    """``places`` by Maison, the others by channel, by access need, "" for those without one, and by the way
    they were asked.

    ``period``: the days measured, None before the first night.
    """

    period: Period | None = None
    places: dict[int, Lived] = field(default_factory=dict)
    channels: dict[str, Lived] = field(default_factory=dict)
    needs: dict[str, Lived] = field(default_factory=dict)
    ways: dict[str, Lived] = field(default_factory=dict)


def read_lived(where: Where, choice: Choice) -> LivedGroups:
    """Read the groups of these places; one statement.

    A group is summed over the Maisons where it is of five persons at least: a sum less another never leaves
    fewer.
    """
    wanted = Q(place__in=where.keys) | Q(where.each_place, axis=Axis.ALL)
    rows = list(GroupTotal.objects.filter(wanted, period=choice.code).order_by("place", "value"))
    found = LivedGroups()
    for row in rows:
        found.period = period_of(choice, row.measured_on - timedelta(days=1))
        if row.axis == Axis.ALL and row.place > 0:
            found.places[row.place] = _lived_of(row)
    found.channels = _sum(row for row in rows if row.axis == Axis.CHANNEL)
    found.needs = _sum(row for row in rows if row.axis == Axis.NEED)
    found.ways = _sum(row for row in rows if row.axis == Axis.WAY)
    return found


def _lived_of(row: GroupTotal) -> Lived:
    return Lived(*(getattr(row, name) for name in NAMES))


def _sum(rows: Iterable[GroupTotal]) -> dict[str, Lived]:
    """Sum each group; one that is nowhere of five persons keeps its largest row, which is not shown."""
    shown, small = dict[str, Lived](), dict[str, Lived]()
    for row in rows:
        lived = _lived_of(row)
        if lived.persons >= FEW:
            shown[row.value] = shown.get(row.value, Lived()).join(lived)
        else:
            small[row.value] = max(lived, small.get(row.value, lived), key=lambda each: each.persons)
    return small | shown


def read_waits(where: Where, period: Period) -> dict[int, int]:
    """Return the median minutes at the counter of each Maison with five visitors at least; one statement."""
    counts = defaultdict[int, dict[int, int]](dict)
    rows = DayWait.objects.filter(where.each_place, place__gt=0, day__gte=period.first, day__lte=period.last)
    for place, minutes, count in rows.values_list("place", "minutes").annotate(n=Sum("count")).order_by():
        counts[place][minutes] = count
    medians = {place: middle(waits, 0.5) for place, waits in counts.items() if sum(waits.values()) >= FEW}
    return {place: median for place, median in medians.items() if median is not None}
