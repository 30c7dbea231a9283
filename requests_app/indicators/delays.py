"""Delays of first answer in working days: counted by tenths, shown as median and ninth decile."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from requests_app.lib.local_time import PARIS as PARIS
from requests_app.lib.workdays import is_working_day

DAY_S = 86_400
FINE, MIDDLE, LONG = 50, 200, 600  # tenths: up to 5 days each tenth has its step, then halves, then days
START = date(2000, 1, 1)


@lru_cache(maxsize=8192)
def _working_days_before(day: date) -> int:
    """Count working days from the start up to this day, excluded."""
    if day <= START:
        return 0
    monday = day - timedelta(days=day.weekday())
    if day != monday:
        return _working_days_before(day - timedelta(days=1)) + is_working_day(day - timedelta(days=1))
    return _mondays(monday)


@lru_cache(maxsize=4096)
def _mondays(monday: date) -> int:
    total, week = 0, monday
    while week - timedelta(days=7) >= START:
        week -= timedelta(days=7)
        total += _working_days_in_week(week)
    return total


@lru_cache(maxsize=4096)
def _working_days_in_week(monday: date) -> int:
    return sum(is_working_day(monday + timedelta(days=n)) for n in range(7))


def working_days(first: date, last: date) -> int:
    """Count working days from the first day to the last, both included."""
    return _working_days_before(last + timedelta(days=1)) - _working_days_before(first)


def tenths_of(received_at: datetime, answered_at: datetime) -> int:
    """Return the delay in tenths of a working day; nights and holidays at either end count for nothing."""
    spent = _place(answered_at) - _place(received_at)
    return bucket(max(0, int(spent * 10)))


def _place(at: datetime) -> float:
    """Return the position of an instant on a line made of working days only."""
    here = at.astimezone(PARIS)
    day = here.date()
    if not is_working_day(day):
        return _working_days_before(day)
    return _working_days_before(day) + (here.hour * 3600 + here.minute * 60 + here.second) / DAY_S


def bucket(tenths: int) -> int:
    """Return the start of the step that holds a delay."""
    if tenths < FINE:
        return tenths
    if tenths < MIDDLE:
        return tenths - tenths % 5
    return min(tenths - tenths % 10, LONG)


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """Return the delay in days that this share of the answers did not exceed; None without answers."""
    tenths = middle(counts, share)
    return None if tenths is None else tenths / 10


def middle(counts: Mapping[int, int], share: float) -> int | None:
    """Return the value that this share of those counted did not exceed; None without any."""
    total = sum(counts.values())
    wanted, seen = total * share, 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= wanted and total:
            return value
    return None


STEPS = (10, 20, 30, 50, 100, 200)  # tenths, where the columns of the distribution end


def spread(counts: Mapping[int, int]) -> list[int]:
    """Count answers per column: under 1 day, 1 to 2, 2 to 3, 3 to 5, 5 to 10, 10 to 20, more."""
    columns = [0] * (len(STEPS) + 1)
    for tenths, count in counts.items():
        columns[_column(tenths)] += count
    return columns


def _column(tenths: int) -> int:
    return bisect_left(STEPS, tenths + 1)


def merge_delays(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for tenths, count in rows:
        found[tenths] = found.get(tenths, 0) + count
    return found
