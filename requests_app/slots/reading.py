"""Read from the database what gives and what takes time, in as many statements for one agent as for all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Self, TypeVar

from django.db.models import Q

from requests_app.appointments.models import AppointmentType
from requests_app.slots.booked_time import list_booked
from requests_app.slots.computing.agendas import InterpreterHours, Place, Room, TakenTime
from requests_app.slots.computing.intervals import Interval
from requests_app.slots.computing.recurrence import Series
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.rules import read_rule

HOURS = ("starts_on", "starts_at", "ends_on", "ends_at")
REPEATED = (*HOURS, "rrule", "valid_from", "valid_until")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Agendas:
    """What repeats at some places, without what is booked there; names by id.

    ``interpreters``: those of whom one must be free as well; none when none is needed.
    """

    openings: dict[Place, list[Series]]
    absences: dict[str, list[Series]]
    closures: dict[str, list[Series]]
    agents: dict[int, str]
    maisons: dict[int, str]
    interpreters: Mapping[int, InterpreterHours] = field(default_factory=dict)

    def leave_out(self, maisons: Collection[str]) -> Self:
        """Leave out some Maisons, and the agents who are at no other."""
        openings = {place: each for place, each in self.openings.items() if place.maison not in maisons}
        here = {place.agent for place in openings}
        return replace(
            self,
            openings=openings,
            agents={pk: name for pk, name in self.agents.items() if name in here},
            maisons={pk: code for pk, code in self.maisons.items() if code not in maisons},
        )

    def list_taken(self, window: Interval, at: datetime) -> TakenTime:
        """Return all that takes time in a window; holds count while they live. One statement."""
        of_agents: dict[str, list[Interval]] = {}
        of_rooms: dict[Room, list[Interval]] = {}
        has_rooms = any(place.room for place in self.openings)
        asked = list_booked(self.agents, self.maisons if has_rooms else (), window, at)
        for pk, room, start, end in asked:
            if room:
                of_rooms.setdefault(Room(self.maisons[pk], room.lower()), []).append(Interval(start, end))
            else:
                of_agents.setdefault(self.agents[pk], []).append(Interval(start, end))
        return TakenTime(self.absences, self.closures, of_agents, of_rooms)

    def list_cuts(self) -> TakenTime:
        """Return absences and closures alone, without what is booked."""
        return TakenTime(self.absences, self.closures)


def read_agendas(
    type: AppointmentType, *, maisons: Collection[str] | None, agents: Collection[str] | None
) -> Agendas:
    """Read the openings that allow a type, and what repeats against them; None is everywhere, everybody."""
    allowed = Opening.objects.standing().filter(Q(types=None) | Q(types=type), agent__is_active=True)
    if type.needs_room:
        allowed = allowed.exclude(room="")
    if maisons is not None:
        allowed = allowed.filter(maison__code__in=maisons)
    if agents is not None:
        allowed = allowed.filter(agent__username__in=agents)
    owners = ("agent_id", "agent__username", "maison_id", "maison__code", "room")
    rows = list(allowed.values_list(*owners, *REPEATED))
    usernames = {row[0]: row[1] for row in rows}
    codes = {row[2]: row[3] for row in rows}
    placed = ((Place.build(agent=row[1], maison=row[3], room=row[4]), row[5:]) for row in rows)
    return Agendas(
        openings=group_series(placed),
        absences=_absences(usernames),
        closures=_closures(codes),
        agents=usernames,
        maisons=codes,
    )


def _absences(agents: dict[int, str]) -> dict[str, list[Series]]:
    rows = Absence.objects.standing().filter(agent__in=agents).values_list("agent_id", *REPEATED)
    return group_series((agents[agent_id], row) for agent_id, *row in rows)


def _closures(maisons: dict[int, str]) -> dict[str, list[Series]]:
    rows = Closure.objects.standing().filter(maison__in=maisons).values_list("maison_id", *HOURS)
    return group_series((maisons[maison_id], (*row, "", None, None)) for maison_id, *row in rows)


def group_series(rows: Iterable[tuple[Key, Sequence[Any]]]) -> dict[Key, list[Series]]:
    groups: dict[Key, list[Series]] = {}
    for key, row in rows:
        groups.setdefault(key, []).append(_series(*row))
    return groups


@lru_cache(maxsize=8192)
def _series(*row: Any) -> Series:
    """Make one series of all the rows that say the same, in whatever search: agents share their hours."""
    starts_on, starts_at, ends_on, ends_at, rrule, valid_from, valid_until = row
    return Series(
        datetime.combine(starts_on, starts_at),
        datetime.combine(ends_on, ends_at),
        read_rule(rrule),
        valid_from or date.min,
        valid_until or date.max,
    )
