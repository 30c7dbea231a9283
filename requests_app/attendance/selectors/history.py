"""The appointments of a Maison with what was known before each: five statements, however many they are.

Only its own rows: an absence elsewhere is not told to another place.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import AppointmentQuerySet
from requests_app.attendance.features import Facts
from requests_app.maisons.mapping import Point, km_between
from requests_app.outbox.models import Outgoing
from requests_app.reminders.models import Reminder

State = Appointment.State
LOOKS_BACK = timedelta(days=730)
MAX_ROWS = 3000  # the last ones: weights of a few features need no more
HELP_BEFORE = timedelta(days=2)  # what failed later was not known when help was decided
COLUMNS = (
    "pk",
    "maison_id",
    "starts_at",
    "dated_at",
    "booked_by",
    "state",
    "ticket__person",
    "maison__lat",
    "maison__lon",
    "ticket__decision__maison__lat",
    "ticket__decision__maison__lon",
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One appointment: what was known, and whether the person was absent."""

    appointment_id: int
    facts: Facts
    is_absent: bool


def past_cases(maison_id: int, at: datetime) -> list[Case]:
    """Return what came of a Maison's last appointments, by date; an excused absence is no absence."""
    known = Appointment.objects.filter(maison=maison_id, state__in=[State.CAME, State.ABSENT])
    last = known.between(at - LOOKS_BACK, at).order_by("-starts_at", "-pk")[:MAX_ROWS]
    ids = list(last.values_list("pk", flat=True))
    return cases_of(Appointment.objects.filter(pk__in=ids), at)


def cases_of(wanted: AppointmentQuerySet, at: datetime) -> list[Case]:
    """Return these appointments with what is known of each, by date."""
    rows: list[Row] = list(wanted.order_by("starts_at", "pk").values(*COLUMNS))
    failed = _find_failed([row["pk"] for row in rows])
    earlier = _Earlier({row["ticket__person"] for row in rows}, {row["maison_id"] for row in rows}, at)
    return [
        Case(row["pk"], _facts(row, earlier, row["pk"] in failed), row["state"] == State.ABSENT)
        for row in rows
    ]


class _Earlier:
    """When each person came to each Maison, and when they did not."""

    def __init__(self, persons: Collection[int | None], maisons: Collection[int], at: datetime) -> None:
        self.dates: dict[tuple[str, int, int], list[datetime]] = defaultdict(list)
        known = Appointment.objects.filter(maison__in=maisons, state__in=[State.CAME, State.ABSENT])
        theirs = known.filter(ticket__person__in=[pk for pk in persons if pk])
        rows = theirs.filter(starts_at__lt=at).order_by("starts_at")
        for state, maison, person, starts_at in rows.values_list(
            "state", "maison", "ticket__person", "starts_at"
        ):
            self.dates[state, maison, person].append(starts_at)

    def count(self, state: str, row: Row) -> int:
        """Count those of the two years before an appointment."""
        dates = self.dates.get((state, row["maison_id"], row["ticket__person"]), [])
        return bisect_left(dates, row["starts_at"]) - bisect_left(dates, row["starts_at"] - LOOKS_BACK)


def _facts(row: Row, earlier: _Earlier, is_undelivered: bool) -> Facts:
    return Facts(
        dated_at=row["dated_at"],
        starts_at=row["starts_at"],
        absences=earlier.count(State.ABSENT, row),
        came=earlier.count(State.CAME, row),
        is_undelivered=is_undelivered,
        km=_km(row),
        is_by_person=row["booked_by"] is None,
    )


def _km(row: Row) -> float:
    """Return how far the Maison is from that of the person's home; 0 where one is unknown."""
    there = _point(row["ticket__decision__maison__lat"], row["ticket__decision__maison__lon"])
    here = _point(row["maison__lat"], row["maison__lon"])
    return km_between(there, here) if there and here else 0.0


def _point(lat: float | None, lon: float | None) -> Point | None:
    return None if lat is None or lon is None else (lon, lat)


def _find_failed(ids: Iterable[int]) -> set[int]:
    """Return those of which a message of this date failed in time to be known."""
    failed = Reminder.objects.filter(appointment__in=list(ids), round=F("appointment__round"))
    known = failed.filter(
        outgoing__state=Outgoing.State.FAILED,
        outgoing__ended_at__lte=F("appointment__starts_at") - HELP_BEFORE,
    )
    return set(known.values_list("appointment", flat=True))
