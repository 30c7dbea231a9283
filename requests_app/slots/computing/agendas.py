"""What gives and what takes the time of agents and rooms, without database; what is left is free."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, Self

from requests_app.lib.workdays import is_holiday
from requests_app.slots.computing.intervals import Interval, intersect, join, subtract
from requests_app.slots.computing.recurrence import Series
from requests_app.slots.computing.wall_clock import DAY, day_of, end_of, start_of


class Room(NamedTuple):
    """A room of a Maison, whose name is compared without case; "" is no room."""

    maison: str
    name: str


class Place(NamedTuple):
    """An agent at a Maison, in a room; with an interpreter when one is needed."""

    maison: str
    agent: str
    room: str
    interpreter: int | None = None

    @classmethod
    def build(cls, *, agent: str, maison: str, room: str) -> Self:
        return cls(maison, agent, room.lower())

    def where(self) -> Room:
        return Room(self.maison, self.room)


Repeated = tuple[Series, ...]
Openings = Mapping[Place, Sequence[Series]]
FreeTime = dict[Place, Iterator[Interval]]
MAX_REMEMBERED = 4096  # places × windows


@dataclass(frozen=True, slots=True)
class OpenTime:
    """The openings of each place, and the window in which they are exact: it reaches back far enough.

    The grid of an opening starts where what is free starts, be it before the first day asked about.
    """

    window: Interval
    by_place: dict[Place, Repeated]

    @classmethod
    def compute(cls, openings: Openings, *, first: date, last: date, after: timedelta) -> Self:
        """Open the places from a day to another, and ``after`` it for a slot of its last minute."""
        window = Interval(start_of(first), end_of(last) + after)
        by_place = {place: tuple(series) for place, series in openings.items()}
        if any(_reaches_back(series, window) for series in by_place.values()):
            window = Interval(start_of(_day_after_last_holiday(first)), window.end)
        return cls(window, by_place)


def _reaches_back(series: Repeated, window: Interval) -> bool:
    opened = _join(series, window)
    return bool(opened) and opened[0].start < window.start


@lru_cache(maxsize=MAX_REMEMBERED)
def _join(series: Repeated, window: Interval) -> tuple[Interval, ...]:
    return tuple(join(chain.from_iterable(each.intervals(window) for each in series)))


@lru_cache(maxsize=MAX_REMEMBERED)
def _cut_repeated(series: Repeated, away: Repeated, window: Interval) -> tuple[Interval, ...]:
    """Return what is left of openings when holidays, absences and closures are cut out."""
    return tuple(subtract(_join(series, window), join(chain(holidays(window), _join(away, window)))))


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

    def list_repeated(self, place: Place) -> Repeated:
        """Return what takes the same time whatever is booked."""
        return (*self.absences.get(place.agent, ()), *self.closures.get(place.maison, ()))

    def list_booked(self, place: Place) -> list[Interval]:
        """Return what is booked of the agent and of the room, joined."""
        of_room = self.of_rooms.get(place.where(), ()) if place.room else ()
        return join(chain(self.of_agents.get(place.agent, ()), of_room))


@dataclass(frozen=True, slots=True)
class InterpreterHours:
    """When an interpreter can come, to which Maisons (none: to all), and when they are taken."""

    maisons: frozenset[str]
    comes: Repeated
    away: Repeated
    booked: Sequence[Interval] = ()

    def comes_to(self, maisons: Collection[str] | None) -> bool:
        """Tell whether they come to one of these Maisons; None is any."""
        return not self.maisons or maisons is None or not self.maisons.isdisjoint(maisons)

    def list_free(self, window: Interval) -> list[Interval]:
        return list(subtract(_cut_repeated(self.comes, self.away, window), join(self.booked)))


@lru_cache(maxsize=256)
def holidays(window: Interval) -> tuple[Interval, ...]:
    """Return the public holidays from the day before a window to its end, as whole days of Paris."""
    return tuple(Interval(start_of(day), end_of(day)) for day in _days_around(window) if is_holiday(day))


def _days_around(window: Interval) -> Iterator[date]:
    first, last = day_of(window.start) - DAY, day_of(window.end)
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def free_time(opened: OpenTime, taken: TakenTime) -> FreeTime:
    """Return what is left of the openings of each place when all that takes time is cut out.

    Each place is cut as it is read, once: who looks for the first slot reads no further.
    """
    return {
        place: subtract(
            _cut_repeated(series, taken.list_repeated(place), opened.window), taken.list_booked(place)
        )
        for place, series in opened.by_place.items()
    }


def cut_by_interpreters(
    free: FreeTime, interpreters: Mapping[int, InterpreterHours], window: Interval
) -> FreeTime:
    """Return the time at which an interpreter is free as well, for each who comes there."""
    able = {name: hours.list_free(window) for name, hours in interpreters.items()}
    found: FreeTime = {}
    for place, intervals in free.items():
        of_agent = list(intervals)
        for name, hours in interpreters.items():
            if hours.comes_to((place.maison,)):
                found[place._replace(interpreter=name)] = intersect(of_agent, able[name])
    return found
