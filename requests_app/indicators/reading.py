"""What the rollups and the days since say of some places over a period."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Q, Sum, Value, When

from requests_app.access.scope import Scope
from requests_app.indicators.delays import PARIS, percentile, tenths_of
from requests_app.indicators.models import (
    EVERYWHERE,
    NOWHERE,
    DayShare,
    DayStock,
    DayTotal,
    Progress,
    WeekDelay,
)
from requests_app.indicators.periods import Period
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import LATE_AFTER, TicketQuerySet
from requests_app.tickets.selectors.views import OURS

Counts = dict[int, int]


@dataclass(frozen=True, slots=True)
class Where:
    """The places looked at: as keys of the rollups, and as Maisons (None: the whole territory)."""

    keys: tuple[int, ...]
    maisons: frozenset[int] | None

    @property
    def has_several(self) -> bool:
        return self.maisons is None or len(self.maisons) > 1

    def tickets(self) -> TicketQuerySet:
        return (
            Ticket.objects.all()
            if self.maisons is None
            else Ticket.objects.filter(maison_id__in=self.maisons)
        )


def where_of(scope: Scope, maison_id: int | None) -> Where:
    """One Maison of the scope, or all of it: the same tickets as its lists show."""
    if maison_id is not None:
        return Where((maison_id,), frozenset({maison_id}))
    if scope.seen.everywhere:
        return Where((EVERYWHERE,), None)
    return Where(tuple(sorted(scope.seen.maisons)), scope.seen.maisons)


@dataclass(slots=True)
class Day:
    """One day, or the sum of several."""

    received: int = 0
    closed: int = 0
    answered: int = 0


@dataclass(slots=True)
class Line:
    """One Maison over the period; waiting and late are of now."""

    received: int = 0
    waiting: int = 0
    late: int = 0
    delays: Counts = field(default_factory=dict)

    @property
    def answered(self) -> int:
        return sum(self.delays.values())

    @property
    def median(self) -> float | None:
        return percentile(self.delays, 0.5)

    @property
    def ninetieth(self) -> float | None:
        return percentile(self.delays, 0.9)


@dataclass(slots=True)
class Figures:
    """``delays`` by channel, "" for all of them; ``stock`` is (waiting, late) at the end of a day."""

    days: dict[date, Day] = field(default_factory=lambda: defaultdict(Day))
    channels: Counter[str] = field(default_factory=Counter)
    topics: Counter[int] = field(default_factory=Counter)
    delays: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    delays_before: Counts = field(default_factory=Counter)
    stock: dict[date, tuple[int, int, int]] = field(default_factory=dict)
    places: dict[int, Line] = field(default_factory=lambda: defaultdict(Line))
    rolled_at: datetime | None = None

    def total(self, days: Iterable[date]) -> Day:
        found = [self.days[day] for day in days if day in self.days]
        return Day(
            received=sum(day.received for day in found),
            closed=sum(day.closed for day in found),
            answered=sum(day.answered for day in found),
        )


def read(where: Where, period: Period, earlier: Period, *, now: datetime) -> Figures:
    """Everything a page says, for the period and the one before."""
    figures = Figures()
    done = Progress.objects.filter(pk=Progress.ONE).first()
    live_from = max(done.rolled_to, earlier.first) if done else earlier.first
    figures.rolled_at = done.rolled_at if done else None
    if done:
        _read_days(figures, where, earlier.first, period.last)
        _read_shares(figures, where, period)
        _read_delays(figures, where, period, earlier)
    _read_stock(figures, where, earlier.first, period.last)
    _read_live(figures, where, period, earlier, live_from)
    if where.has_several:
        _read_places(figures, where, period, is_rolled=done is not None)
    _read_held(figures, where, now)
    return figures


def _read_days(figures: Figures, where: Where, first: date, last: date) -> None:
    rows = DayTotal.objects.filter(place__in=where.keys, day__gte=first, day__lte=last).values_list("day")
    summed = rows.annotate(r=Sum("received"), c=Sum("closed"), a=Sum("answered"))
    for day, received, closed, answered in summed.order_by():
        figures.days[day] = Day(received, closed, answered)


def _read_shares(figures: Figures, where: Where, period: Period) -> None:
    rows = DayShare.objects.filter(place__in=where.keys, day__gte=period.first, day__lte=period.last)
    for axis, value, received in rows.values_list("axis", "value").annotate(r=Sum("received")).order_by():
        if axis == DayShare.Axis.CHANNEL:
            figures.channels[value] += received
        else:
            figures.topics[int(value or 0)] += received


def _read_delays(figures: Figures, where: Where, period: Period, earlier: Period) -> None:
    rows = WeekDelay.objects.filter(place__in=where.keys, monday__gte=earlier.first, monday__lte=period.last)
    is_now = Case(When(monday__gte=period.first, then=Value(True)), default=Value(False))
    counted = rows.annotate(is_now=is_now).values_list("is_now", "channel", "tenths").annotate(n=Sum("count"))
    for is_of_period, channel, tenths, count in counted.order_by():
        if is_of_period:
            figures.delays[channel][tenths] = count
        elif not channel:
            figures.delays_before[tenths] = count


def _read_stock(figures: Figures, where: Where, first: date, last: date) -> None:
    rows = DayStock.objects.filter(place__in=where.keys, day__gte=first, day__lte=last).values_list("day")
    summed = rows.annotate(w=Sum("waiting"), l=Sum("late"), u=Sum("unplaced")).order_by()
    figures.stock = {day: (waiting, late, unplaced) for day, waiting, late, unplaced in summed}


def _read_live(figures: Figures, where: Where, period: Period, earlier: Period, since: date) -> None:
    """The days that no sweep has written yet, today first of all: three short walks of covering indexes."""
    start, tickets = midnight(since), where.tickets()
    columns = ("maison_id", "channel", "topic_id", "received_at")
    rows = tickets.filter(received_at__gte=start).values_list(*columns)
    for maison_id, channel, topic_id, received_at in rows:
        day = received_at.astimezone(PARIS).date()
        figures.days[day].received += 1
        if period.holds(day):
            figures.channels[channel] += 1
            figures.topics[topic_id or 0] += 1
            figures.places[maison_id or NOWHERE].received += 1
    ends: Iterable[Any] = tickets.filter(closed_at__gte=start).values_list("closed_at", flat=True)
    for closed_at in ends:
        figures.days[closed_at.astimezone(PARIS).date()].closed += 1
    _live_answers(figures, tickets.filter(first_answered_at__gte=start), period, earlier)


def _live_answers(figures: Figures, tickets: TicketQuerySet, period: Period, earlier: Period) -> None:
    rows: Iterable[Any] = tickets.values_list("maison_id", "channel", "received_at", "first_answered_at")
    for maison_id, channel, received_at, answered_at in rows:
        day, tenths = answered_at.astimezone(PARIS).date(), tenths_of(received_at, answered_at)
        figures.days[day].answered += 1
        if period.holds(day):
            mine = figures.places[maison_id or NOWHERE].delays
            for counts in (figures.delays[channel], figures.delays[""], mine):
                counts[tenths] = counts.get(tenths, 0) + 1
        elif earlier.holds(day):
            figures.delays_before[tenths] = figures.delays_before.get(tenths, 0) + 1


def _read_places(figures: Figures, where: Where, period: Period, *, is_rolled: bool) -> None:
    if not is_rolled:
        return
    here = Q(place__gte=NOWHERE) if where.maisons is None else Q(place__in=where.maisons)
    days = DayTotal.objects.filter(here, day__gte=period.first, day__lte=period.last)
    for place, received in days.values_list("place").annotate(r=Sum("received")).order_by():
        figures.places[place].received += received
    weeks = WeekDelay.objects.filter(here, channel="", monday__gte=period.first, monday__lte=period.last)
    for place, tenths, count in weeks.values_list("place", "tenths").annotate(n=Sum("count")).order_by():
        delays = figures.places[place].delays
        delays[tenths] = delays.get(tenths, 0) + count


def _read_held(figures: Figures, where: Where, now: datetime) -> None:
    """What waits for us now, place by place: the open demands only, by their index."""
    held = where.tickets().filter(state__in=OURS).values_list("maison_id")
    late = Count("pk", filter=Q(waiting_since__lt=now - LATE_AFTER))
    for maison_id, waiting, too_long in held.annotate(w=Count("pk"), l=late).order_by():
        line = figures.places[maison_id or NOWHERE]
        line.waiting, line.late = waiting, too_long
