"""The starts that are possible in free time: every five minutes from where each free interval starts."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from requests_app.slots.computing.agendas import FreeTime
from requests_app.slots.computing.intervals import Interval
from requests_app.slots.computing.wall_clock import PARIS, day_of, end_of, start_of

STEP = timedelta(minutes=5)
THIRD = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """How long an appointment of a type lasts, and between which notices it may be asked for.

    ``notice_max_days`` of 0 is the day itself, None is no limit.
    """

    minutes: int
    buffer_minutes: int = 0
    notice_min_minutes: int = 0
    notice_max_days: int | None = None

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def takes(self) -> timedelta:
        """Return how long the agent and the room are taken."""
        return timedelta(minutes=self.minutes + self.buffer_minutes)


class Slot(NamedTuple):
    """A start that is possible; in the order in which slots are listed."""

    start: datetime
    maison: str
    agent: str
    end: datetime

    def as_plain(self) -> dict[str, str]:
        """Return it as other programs read it, with the offset of Paris at that instant."""
        start, end = self.start.astimezone(PARIS).isoformat(), self.end.astimezone(PARIS).isoformat()
        return {"maison": self.maison, "agent": self.agent, "start": start, "end": end}


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked: slots of a kind on some days, both included, as seen at an instant."""

    kind: Kind
    first: date
    last: date
    at: datetime

    @property
    def earliest(self) -> datetime:
        return max(start_of(self.first), self.at + timedelta(minutes=self.kind.notice_min_minutes))

    @property
    def first_day(self) -> date:
        return day_of(self.earliest)

    @property
    def last_day(self) -> date:
        if self.kind.notice_max_days is None:
            return self.last
        return min(self.last, day_of(self.at) + timedelta(days=self.kind.notice_max_days))

    @property
    def bounds(self) -> Interval:
        """Return the time in which a slot may start; it has no grid of its own."""
        return Interval(self.earliest, end_of(self.last_day))


def list_slots(free: FreeTime, search: Search) -> Iterator[Slot]:
    """Yield the slots in order; one that is possible in two rooms comes once."""
    if search.first_day > search.last_day:
        return
    bounds = search.bounds
    places = [_slots_at(place.maison, place.agent, free[place], search.kind, bounds) for place in free]
    for slot, _same in groupby(heapq.merge(*places)):
        yield slot


def first_slots(free: FreeTime, search: Search) -> dict[str, Slot]:
    """Return the first slot of each Maison that has one: without walking through the others."""
    found: dict[str, Slot] = {}
    bounds = search.bounds
    for place, intervals in free.items():
        slot = next(_slots_at(place.maison, place.agent, intervals, search.kind, bounds), None)
        if slot is not None:
            found[place.maison] = min(slot, found.get(place.maison, slot))
    return found


def can_start(free: Iterable[Interval], start: datetime, search: Search, *, is_exact: bool) -> bool:
    """Tell whether a slot may start then: on the grid, or anywhere in free time once it is held."""
    bounds, takes = search.bounds, search.kind.takes
    if not bounds.start <= start < bounds.end:
        return False
    around = [each for each in free if each.start <= start <= each.end - takes]
    return any(not is_exact or not (start - each.start) % STEP for each in around)


def _slots_at(
    maison: str, agent: str, free: Iterable[Interval], kind: Kind, bounds: Interval
) -> Iterator[Slot]:
    length, takes = kind.length, kind.takes
    for interval in free:
        for start in _starts_in(interval, takes, bounds):
            yield Slot(start, maison, agent, start + length)


def _starts_in(interval: Interval, takes: timedelta, bounds: Interval) -> Iterator[datetime]:
    start = interval.start
    if start < bounds.start:
        start += STEP * -((start - bounds.start) // STEP)
    last = interval.end - takes
    while start <= last and start < bounds.end:
        yield start
        start += STEP


def take_in_turn(slots: Iterable[Slot], kind: Kind) -> Iterator[Slot]:
    """Yield the slots as if each was booked: those that meet one taken of the same agent are left out."""
    free_from: dict[str, datetime] = {}
    for slot in slots:
        if slot.start >= free_from.get(slot.agent, slot.start):
            free_from[slot.agent] = slot.start + kind.takes
            yield slot


def third_available(slots: Iterable[Slot], kind: Kind) -> Slot | None:
    """Return the third next available slot; None when there are fewer."""
    for number, slot in enumerate(take_in_turn(slots, kind), start=1):
        if number == THIRD:
            return slot
    return None
