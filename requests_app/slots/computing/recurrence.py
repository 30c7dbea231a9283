"""List the occurrences of what repeats: never more of them than the days asked about.

``dateutil`` walks from the first occurrence, and for ever when no day fits; here the days asked about bound
every loop, and only a rule with COUNT is walked from its beginning. Where RFC 5545 leaves it open, the start
is the first occurrence even when the rule would not give it, and counts in COUNT.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

from requests_app.slots.computing.intervals import Interval
from requests_app.slots.computing.wall_clock import DAY, to_instant, to_wall
from requests_app.slots.rules import EACH, Frequency, Rule


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Something that begins and ends at hours of the Paris wall clock, once or by a rule.

    Compared by identity: what is computed of it is remembered, and its five members are slow to hash. Who
    reads many of them makes one of those that are the same.
    """

    start: datetime
    end: datetime
    rule: Rule | None = None
    first_day: date = date.min
    last_day: date = date.max

    def intervals(self, window: Interval) -> tuple[Interval, ...]:
        """Return the occurrences, whole, that meet or touch a window; an hour skipped may leave none."""
        return _intervals(self, window)


@lru_cache(maxsize=4096)  # many agents have the same week
def _intervals(series: Series, window: Interval) -> tuple[Interval, ...]:
    length = series.end - series.start
    low = max(_days_before(to_wall(window.start).date(), length.days + 2), series.first_day)
    high = min(to_wall(window.end).date() + DAY, series.last_day)
    walls = occurrences(series.start, series.rule, low=low, high=high)
    found = (Interval(to_instant(wall), to_instant(wall + length)) for wall in walls)
    return tuple(each for each in found if each.start <= window.end and each.end >= window.start)


def _days_before(day: date, count: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - count))


def occurrences(start: datetime, rule: Rule | None, *, low: date, high: date) -> Iterator[datetime]:
    """Yield the wall-clock starts whose day is from ``low`` to ``high``, in order."""
    for day in _days(start.date(), rule, low=low, high=high):
        wall = datetime.combine(day, start.time())
        if rule is not None and rule.until is not None and not rule.until.includes(wall):
            return
        if day >= low:
            yield wall


def _days(first: date, rule: Rule | None, *, low: date, high: date) -> Iterator[date]:
    """Yield the days of a series up to ``high``, whatever its UNTIL; some may be before ``low``."""
    if first > high:
        return
    if rule is None:
        yield first
    elif rule.count is None:
        yield from _follow(first, rule, low=low, high=high)
    else:
        yield from islice(_follow(first, rule, low=first, high=high), rule.count)


def _follow(first: date, rule: Rule, *, low: date, high: date) -> Iterator[date]:
    """Yield the first day, then those of the rule after it."""
    if first >= low:
        yield first
    yield from PERIODS[rule.frequency](first, rule, max(low, first + DAY), high)


def _daily(first: date, rule: Rule, low: date, high: date) -> Iterator[date]:
    origin = first.toordinal()
    steps = -((origin - low.toordinal()) // rule.interval)
    for number in range(origin + steps * rule.interval, high.toordinal() + 1, rule.interval):
        day = date.fromordinal(number)
        if _is_among(rule, day):
            yield day


def _weekly(first: date, rule: Rule, low: date, high: date) -> Iterator[date]:
    """Yield days week by week; which weeks count depends on the day on which a week begins."""
    weekdays = {weekday for _each, weekday in rule.weekdays} or {first.weekday()}
    offsets = sorted((weekday - rule.week_start) % 7 for weekday in weekdays)
    origin = first.toordinal() - (first.weekday() - rule.week_start) % 7
    step = 7 * rule.interval
    skipped = (low.toordinal() - origin) // step * step
    for week in range(origin + skipped, high.toordinal() + 1, step):
        for number in (week + offset for offset in offsets):
            if low.toordinal() <= number <= high.toordinal():
                yield date.fromordinal(number)


def _monthly(first: date, rule: Rule, low: date, high: date) -> Iterator[date]:
    origin = _month_number(first)
    skipped = (_month_number(low) - origin) // rule.interval * rule.interval
    for month in range(origin + skipped, _month_number(high) + 1, rule.interval):
        for day in _days_of_month(rule, month, first.day):
            if low <= day <= high:
                yield day


PERIODS: dict[Frequency, Callable[[date, Rule, date, date], Iterator[date]]] = {
    Frequency.DAILY: _daily,
    Frequency.WEEKLY: _weekly,
    Frequency.MONTHLY: _monthly,
}


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


@lru_cache(maxsize=4096)
def _days_of_month(rule: Rule, number: int, day: int) -> tuple[date, ...]:
    """Return the days of one month: by the rule's parts, else the day of the start where the month has it."""
    month = date(number // 12, number % 12 + 1, 1)
    days = (month.replace(day=each) for each in range(1, monthrange(month.year, month.month)[1] + 1))
    if rule.weekdays or rule.month_days:
        return tuple(each for each in days if _is_among(rule, each))
    return tuple(each for each in days if each.day == day)


def _is_among(rule: Rule, day: date) -> bool:
    """Tell whether a day fits BYDAY and BYMONTHDAY, those that the rule has."""
    length = monthrange(day.year, day.month)[1]
    if rule.month_days and rule.month_days.isdisjoint((day.day, day.day - length - 1)):
        return False
    if not rule.weekdays:
        return True
    numbers = (EACH, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1))
    return not rule.weekdays.isdisjoint((number, day.weekday()) for number in numbers)
