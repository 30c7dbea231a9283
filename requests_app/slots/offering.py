"""The slots that a page shows: a few days, and hours that can all be taken beside one another."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf

from requests_app.appointments.models import AppointmentType
from requests_app.maisons.mapping import km_between
from requests_app.maisons.models import Maison
from requests_app.slots.computing.grid import Slot, take_in_turn
from requests_app.slots.computing.wall_clock import day_of
from requests_app.slots.interpreting import Interpretation
from requests_app.slots.selectors import HORIZON, Wanted, iterate_slots, next_free

MAX_DAYS, MAX_HOURS, MAX_PLACES = 5, 12, 12


@dataclass(frozen=True, slots=True)
class OfferedDay:
    """A day with its hours, in order; of those who are free at the same hour, one."""

    day: date
    hours: dict[datetime, Slot] = field(default_factory=dict)

    @property
    def slots(self) -> list[Slot]:
        return list(self.hours.values())

    @property
    def starts_at(self) -> datetime:
        return next(iter(self.hours))


def next_days(
    type: AppointmentType,
    maison: Maison,
    *,
    interpretation: Interpretation | None = None,
    agent: str = "",
    at: datetime,
) -> list[OfferedDay]:
    """Return the next days with free hours, five at most; ``agent`` comes first at an hour they share."""
    today = day_of(at)
    wanted = Wanted(type, today, today + HORIZON, at, maisons=[maison.code], interpretation=interpretation)
    days: dict[date, OfferedDay] = {}
    for slot in take_in_turn(iterate_slots(wanted), wanted.kind):
        day = day_of(slot.start)
        if day not in days and len(days) == MAX_DAYS:
            break
        _add(days.setdefault(day, OfferedDay(day)), slot, agent)
    return list(days.values())


def _add(day: OfferedDay, slot: Slot, agent: str) -> None:
    is_shared = slot.start in day.hours
    if slot.agent == agent or (not is_shared and len(day.hours) < MAX_HOURS):
        day.hours[slot.start] = slot


def other_places(
    type: AppointmentType,
    maison: Maison | None,
    *,
    interpretation: Interpretation | None = None,
    is_nearest_first: bool = False,
    at: datetime,
) -> list[tuple[Maison, Slot]]:
    """Return the other Maisons with their first slot: the soonest first, or the nearest to ``maison``."""
    found = next_free(type=type, maisons=None, interpretation=interpretation, at=at)
    places = Maison.objects.current().filter(code__in=found).select_related("commune")
    others = (each for each in places if maison is None or each.pk != maison.pk)
    soonest = sorted(((each, found[each.code]) for each in others), key=_soonest)
    if maison and is_nearest_first:
        soonest.sort(key=lambda each: _far(distance_between(maison, each[0])))
    return soonest[:MAX_PLACES]


def distance_between(one: Maison, other: Maison) -> float | None:
    """Return the kilometres between two Maisons as the crow flies; None when one is on no map."""
    points = [(each.lon, each.lat) for each in (one, other) if each.lon is not None and each.lat is not None]
    return km_between(points[0], points[1]) if len(points) == 2 else None


def _far(km: float | None) -> float:
    return inf if km is None else km


def _soonest(place: tuple[Maison, Slot]) -> tuple[datetime, str]:
    return place[1].start, place[0].label


def slots_of(days: list[OfferedDay]) -> Iterator[Slot]:
    """Yield what was shown."""
    for day in days:
        yield from day.slots
