"""What gives and what takes the time of agents and rooms, without database; what is left is free."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, Self

from requests_app.lib.workdays import is_holiday
from requests_app.slots.computing.intervals import Interval, join, subtract
from requests_app.slots.computing.recurrence import Series
from requests_app.slots.computing.wall_clock import DAY, day_of, end_of, start_of


class Room(NamedTuple):
    """A room of a Maison, whose name is compared without case; "" is no room."""

    maison: str
    name: str


class Place(NamedTuple):
    """An agent at a Maison, in a room."""

    maison: str
    agent: str
    room: str

    @classmethod
    def build(cls, *, agent: str, maison: str, room: str) -> Self:
        return cls(maison, agent, room.lower())

    def where(self) -> Room:
        return Room(self.maison, self.room)


Openings = Mapping[Place, Sequence[Series]]
FreeTime = dict[Place, list[Interval]]


@dataclass(frozen=True, slots=True)
class OpenTime:
    """The openings of each place, joined: exact within the window, which reaches back far enough.

    The grid of an opening starts where what is free starts, be it before the first day asked about.
    """

    window: Interval
    by_place: FreeTime

    @classmethod
    def compute(cls, openings: Openings, *, first: date, last: date, after: timedelta) -> Self:
        """Open the places from a day to another, and ``after`` it for a slot of its last minute."""
        window = Interval(start_of(first), end_of(last) + after)
        opened = cls(window, _open(openings, window))
        if not any(opened._reaches_back(intervals) for intervals in opened.by_place.values()):
            return opened
        window = Interval(start_of(_day_after_last_holiday(first)), window.end)
        return cls(window, _open(openings, window))

    def _reaches_back(self, intervals: Sequence[Interval]) -> bool:
        return intervals[0].start < self.window.start


def _open(openings: Openings, window: Interval) -> FreeTime:
    opened = {
        place: join(chain.from_iterable(each.intervals(window) for each in series))
        for place, series in openings.items()
    }
    return {place: intervals for place, intervals in opened.items() if intervals}


def _day_after_last_holiday(day: date) -> date:
    """Return a day before which nothing that is free on ``day`` can have begun: holidays are never free."""
    while not is_holiday(day - DAY):
        day -= DAY
    return day


@dataclass(frozen=True, slots=True)
class TakenTime:
    """What cuts openings: absences by agent, closures by Maison, and what is booked by agent and by room.

    What is booked lasts until its end and the buffer of its own type.
    """

    absences: Mapping[str, Sequence[Series]] = field(default_factory=dict)
    closures: Mapping[str, Sequence[Series]] = field(default_factory=dict)
    of_agents: Mapping[str, Sequence[Interval]] = field(default_factory=dict)
    of_rooms: Mapping[Room, Sequence[Interval]] = field(default_factory=dict)

    def list_cuts(self, place: Place, window: Interval) -> list[Interval]:
        """Return all that takes a place, joined."""
        repeated = chain(self.absences.get(place.agent, ()), self.closures.get(place.maison, ()))
        cuts: Iterable[Interval] = chain(
            holidays(window),
            chain.from_iterable(series.intervals(window) for series in repeated),
            self.of_agents.get(place.agent, ()),
            self.of_rooms.get(place.where(), ()) if place.room else (),
        )
        return join(cuts)


@lru_cache(maxsize=256)
def holidays(window: Interval) -> tuple[Interval, ...]:
    """Return the public holidays from the day before a window to its end, as whole days of Paris."""
    return tuple(Interval(start_of(day), end_of(day)) for day in _days_around(window) if is_holiday(day))


def _days_around(window: Interval) -> Iterator[date]:
    first, last = day_of(window.start) - DAY, day_of(window.end)
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def free_time(opened: OpenTime, taken: TakenTime) -> FreeTime:
    """Return what is left of the openings of each place when all that takes time is cut out."""
    return {
        place: subtract(intervals, taken.list_cuts(place, opened.window))
        for place, intervals in opened.by_place.items()
    }
