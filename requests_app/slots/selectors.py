"""Which slots are free, read from the database: all of them, the next ones, and the third."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from requests_app.appointments.models import AppointmentType
from requests_app.slots.computing.agendas import (
    FreeTime,
    InterpreterHours,
    OpenTime,
    Place,
    cut_by_interpreters,
    free_time,
)
from requests_app.slots.computing.grid import (
    Kind,
    Search,
    Slot,
    can_start,
    first_slots,
    list_slots,
    third_available,
)
from requests_app.slots.computing.intervals import Interval
from requests_app.slots.computing.wall_clock import DAY, day_of
from requests_app.slots.interpreter_reading import add_booked, read_interpreters
from requests_app.slots.interpreting import Interpretation, minutes_for
from requests_app.slots.reading import Agendas, read_agendas

FIRST_STEP, GROWTH = 7, 4  # days read at first; then four times as many each time
HORIZON = timedelta(days=92)
YEARS = range(2000, 2100)  # the public holidays of other years are not known


@dataclass(frozen=True, slots=True)
class Wanted:
    """Slots of a type, on some days, both included; ``None`` is every Maison, or every agent.

    ``interpretation``: with an interpreter, and longer. ``minutes``: other than those of both.
    """

    type: AppointmentType
    first: date
    last: date
    at: datetime
    maisons: Collection[str] | None = None
    agents: Collection[str] | None = None
    interpretation: Interpretation | None = None
    minutes: int | None = None

    @property
    def kind(self) -> Kind:
        return Kind(
            minutes=self.minutes or minutes_for(self.type, self.interpretation),
            buffer_minutes=self.type.buffer_minutes,
            notice_min_minutes=self.type.notice_min_minutes,
            notice_max_days=self.type.notice_max_days,
        )

    @property
    def search(self) -> Search:
        return Search(kind=self.kind, first=self.first, last=self.last, at=self.at)

    def agendas(self) -> Agendas:
        speakers = self.interpretation.interpreters if self.interpretation else frozenset[int]()
        agendas = read_agendas(self.type, maisons=self.maisons, agents=self.agents)
        return replace(agendas, interpreters=read_interpreters(speakers)) if speakers else agendas


def find_slots(wanted: Wanted) -> Iterator[Slot]:
    """Yield all the slots in order; four statements, whatever the number of agents."""
    return _slots(wanted.agendas(), wanted.search)


def _slots(agendas: Agendas, search: Search) -> Iterator[Slot]:
    if search.first_day > search.last_day:
        return iter(())
    return list_slots(_free_time(agendas, search), search)


def _free_time(agendas: Agendas, search: Search, *, is_held: bool = False) -> FreeTime:
    opened = _open_time(agendas, search)
    taken = agendas.list_cuts() if is_held else agendas.list_taken(opened.window, search.at)
    free = free_time(opened, taken)
    if not agendas.interpreters:
        return free
    window, interpreters = opened.window, agendas.interpreters
    hours = interpreters if is_held else add_booked(interpreters, window, search.at)
    return cut_by_interpreters(free, hours, window)


def _open_time(agendas: Agendas, search: Search) -> OpenTime:
    return OpenTime.compute(
        agendas.openings, first=search.first_day, last=search.last_day, after=search.kind.takes
    )


def find_places(wanted: Wanted, start: datetime, *, is_held: bool = False) -> list[Place]:
    """Return who can receive at this start, and in which rooms.

    ``is_held``: what is booked is left aside, because a hold already keeps that time.
    """
    agendas = wanted.agendas()
    search = Search(kind=wanted.kind, first=day_of(start), last=day_of(start), at=wanted.at)
    if search.first_day > search.last_day:
        return []
    free = _free_time(agendas, search, is_held=is_held)
    return [place for place in free if can_start(free[place], start, search, is_exact=not is_held)]


def free_interpreter(wanted: Wanted, start: datetime) -> int | None:
    """Return who may interpret from this start, whoever the agent; None when nobody is free."""
    speakers = wanted.interpretation.interpreters if wanted.interpretation else ()
    window = Interval(start, start + wanted.kind.length)
    hours = add_booked(read_interpreters(speakers), window, wanted.at) if speakers else {}
    able = (pk for pk, each in hours.items() if each.comes_to(wanted.maisons) and _covers(each, window))
    return next(able, None)


def _covers(hours: InterpreterHours, window: Interval) -> bool:
    return any(free.start <= window.start and window.end <= free.end for free in hours.list_free(window))


def is_free(wanted: Wanted, start: datetime, room: str) -> bool:
    """Tell whether an appointment of one agent fits there, be it on the grid or not, buffer apart."""
    agendas = wanted.agendas()
    search = Search(kind=wanted.kind, first=wanted.first, last=wanted.last, at=wanted.at)
    free = _free_time(agendas, search)
    ends = start + wanted.kind.length
    return any(
        interval.start <= start and ends <= interval.end
        for place, intervals in free.items()
        if place.room.lower() == room.lower() or not room
        for interval in intervals
    )


def find_third(wanted: Wanted) -> Slot | None:
    """Return the third next available slot, reading only as many days as it takes."""
    return third_available(iterate_slots(wanted), wanted.kind)


def next_free(
    *,
    type: AppointmentType,
    maisons: Collection[str] | None,
    interpretation: Interpretation | None = None,
    at: datetime,
) -> dict[str, Slot]:
    """Return the first slot of each Maison in the next three months; those without any are left out."""
    today = day_of(at)
    wanted = Wanted(type, today, today + HORIZON, at, maisons=maisons, interpretation=interpretation)
    agendas, found = wanted.agendas(), dict[str, Slot]()
    for search in _parts(wanted):
        if agendas.openings:
            found |= first_slots(_free_time(agendas, search), search)
            agendas = agendas.leave_out(found)
    return found


def iterate_slots(wanted: Wanted) -> Iterator[Slot]:
    """Yield the slots in order, reading a week, then four, then more: one stops when one has enough."""
    agendas = wanted.agendas()
    for search in _parts(wanted):
        yield from _slots(agendas, search)


def _parts(wanted: Wanted) -> Iterator[Search]:
    """Yield the search in parts that follow each other, each longer than the one before."""
    search = wanted.search
    first, step = search.first_day, FIRST_STEP
    while first <= search.last_day:
        last = min(first + timedelta(days=step - 1), search.last_day)
        yield replace(search, first=first, last=last)
        first, step = last + DAY, GROWTH * step


def iterate_back(wanted: Wanted) -> Iterator[Slot]:
    """Yield the slots from the last to the first, reading a day, then the two before it, then four."""
    agendas, search = wanted.agendas(), wanted.search
    last, step = search.last_day, 1
    while last >= search.first_day:
        first = max(last - timedelta(days=step - 1), search.first_day)
        yield from reversed(list(_slots(agendas, replace(search, first=first, last=last))))
        last, step = first - DAY, 2 * step
