"""Read from the database what gives and what takes time, in as many statements for one agent as for all."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.contrib.postgres.fields import RangeBoundary
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from requests_app.appointments.models import ACTIVE, Appointment, AppointmentType, Hold
from requests_app.appointments.models.appointments import TsTzRange
from requests_app.slots.computing.agendas import Place, Room, TakenTime
from requests_app.slots.computing.intervals import Interval
from requests_app.slots.computing.recurrence import Series
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.rules import read_rule

HOURS = ("starts_on", "starts_at", "ends_on", "ends_at")
REPEATED = (*HOURS, "rrule", "valid_from", "valid_until")
TAKEN = ("agent_id", "maison_id", "room", "type_id", "starts_at", "ends_at")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Agendas:
    """What repeats at some places, without what is booked there; names by id."""

    openings: dict[Place, list[Series]]
    absences: dict[str, list[Series]]
    closures: dict[str, list[Series]]
    agents: dict[int, str]
    maisons: dict[int, str]
    buffers: dict[int, timedelta]

    def list_taken(self, window: Interval, at: datetime) -> TakenTime:
        """Return all that takes time in a window; holds count while they live. One statement."""
        of_agents: dict[str, list[Interval]] = {}
        of_rooms: dict[Room, list[Interval]] = {}
        for agent_id, maison_id, room, type_id, start, end in self._list_booked(window, at):
            interval = Interval(start, end + self.buffers[type_id])
            if agent_id in self.agents:
                of_agents.setdefault(self.agents[agent_id], []).append(interval)
            if room and maison_id in self.maisons:
                of_rooms.setdefault(Room(self.maisons[maison_id], room.lower()), []).append(interval)
        return TakenTime(self.absences, self.closures, of_agents, of_rooms)

    def list_cuts(self) -> TakenTime:
        """Return absences and closures alone, without what is booked."""
        return TakenTime(self.absences, self.closures)

    def _list_booked(self, window: Interval, at: datetime) -> Iterable[tuple[Any, ...]]:
        longest = max(self.buffers.values(), default=timedelta())
        during = DateTimeTZRange(window.start - longest, window.end)
        here = Q(agent__in=self.agents)
        if any(place.room for place in self.openings):
            here |= Q(maison__in=self.maisons) & ~Q(room="")
        appointments = _filter_overlapping(Appointment.objects.filter(here, state__in=ACTIVE), during)
        return appointments.union(_filter_overlapping(Hold.objects.live(at).filter(here), during), all=True)


def _filter_overlapping(rows: QuerySet[Any], during: DateTimeTZRange) -> QuerySet[Any, tuple[Any, ...]]:
    times = rows.annotate(during=TsTzRange("starts_at", "ends_at", RangeBoundary()))
    return times.filter(during__overlap=during).values_list(*TAKEN)


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
    return Agendas(
        openings=_group((Place.build(agent=row[1], maison=row[3], room=row[4]), row[5:]) for row in rows),
        absences=_absences(usernames),
        closures=_closures(codes),
        agents=usernames,
        maisons=codes,
        buffers=_buffers(),
    )


def _absences(agents: dict[int, str]) -> dict[str, list[Series]]:
    rows = Absence.objects.standing().filter(agent__in=agents).values_list("agent_id", *REPEATED)
    return _group((agents[agent_id], row) for agent_id, *row in rows)


def _closures(maisons: dict[int, str]) -> dict[str, list[Series]]:
    rows = Closure.objects.standing().filter(maison__in=maisons).values_list("maison_id", *HOURS)
    return _group((maisons[maison_id], (*row, "", None, None)) for maison_id, *row in rows)


def _buffers() -> dict[int, timedelta]:
    rows = AppointmentType.objects.values_list("pk", "buffer_minutes")
    return {pk: timedelta(minutes=minutes) for pk, minutes in rows}


def _group(rows: Iterable[tuple[Key, Sequence[Any]]]) -> dict[Key, list[Series]]:
    groups: dict[Key, list[Series]] = {}
    for key, row in rows:
        groups.setdefault(key, []).append(_series(*row))
    return groups


def _series(*row: Any) -> Series:
    starts_on, starts_at, ends_on, ends_at, rrule, valid_from, valid_until = row
    return Series(
        datetime.combine(starts_on, starts_at),
        datetime.combine(ends_on, ends_at),
        read_rule(rrule),
        valid_from or date.min,
        valid_until or date.max,
    )
