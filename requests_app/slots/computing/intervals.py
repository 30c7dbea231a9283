"""Add and subtract half-open intervals of instants, all in UTC."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple


class Interval(NamedTuple):
    """From an instant up to another, which is outside."""

    start: datetime
    end: datetime


def join(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same time as few intervals, in order: those that overlap or touch are one."""
    joined: list[Interval] = []
    for interval in sorted(each for each in intervals if each.start < each.end):
        if joined and interval.start <= joined[-1].end:
            if interval.end > joined[-1].end:
                joined[-1] = Interval(joined[-1].start, interval.end)
        else:
            joined.append(interval)
    return joined


def subtract(intervals: Iterable[Interval], taken: Sequence[Interval]) -> Iterator[Interval]:
    """Yield what remains of some intervals when others are cut out, in order; both must be joined."""
    first, count = 0, len(taken)
    for interval in intervals:
        while first < count and taken[first].end <= interval.start:
            first += 1
        if first < count and taken[first].start < interval.end:
            yield from _cut(interval, taken, first)
        else:
            yield interval


def intersect(one: Sequence[Interval], other: Sequence[Interval]) -> Iterator[Interval]:
    """Yield the time that is in both, in order; both must be joined."""
    first, second = 0, 0
    while first < len(one) and second < len(other):
        start = max(one[first].start, other[second].start)
        end = min(one[first].end, other[second].end)
        if start < end:
            yield Interval(start, end)
        if one[first].end < other[second].end:
            first += 1
        else:
            second += 1


def _cut(interval: Interval, taken: Sequence[Interval], first: int) -> Iterator[Interval]:
    """Yield what remains of one interval; those taken before ``first`` end before it."""
    start = interval.start
    for index in range(first, len(taken)):
        cut = taken[index]
        if cut.start >= interval.end:
            break
        if start < cut.start:
            yield Interval(start, cut.start)
        start = max(start, cut.end)
    if start < interval.end:
        yield Interval(start, interval.end)
