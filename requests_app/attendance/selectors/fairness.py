"""Whom the help reaches, and what came of their appointments: by commune and by access need.

Counts of persons, never a person: what is under five is hidden where it is shown. Needs are read here only,
to check: the risk is computed without them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from requests_app.appointments.models import Appointment
from requests_app.attendance.models import Estimate, RiskFit
from requests_app.people.models import AccessNeed

State = Appointment.State
LOOKS_BACK = timedelta(days=365)
COLUMNS = (
    "risk",
    "help",
    "appointment__state",
    "appointment__ticket__person",
    "appointment__ticket__decision__maison__commune__name",
    "appointment__maison__commune__name",
)


@dataclass(slots=True)
class Group:
    """Appointments of a commune or a need; ``noted`` are those of which somebody said what came of them.

    ``outcomes`` are the persons of these, ``persons`` those of all.
    """

    count: int = 0
    risks: float = 0.0
    helped: int = 0
    noted: int = 0
    absences: int = 0
    persons: set[int] = field(default_factory=set)
    outcomes: set[int] = field(default_factory=set)

    def add(self, row: Mapping[str, Any]) -> None:
        state, person = row["appointment__state"], row["appointment__ticket__person"] or 0
        self.count += 1
        self.risks += row["risk"]
        self.helped += row["help"] != ""
        self.noted += state in (State.CAME, State.ABSENT)
        self.absences += state == State.ABSENT
        self.persons.add(person)
        if state in (State.CAME, State.ABSENT):
            self.outcomes.add(person)


@dataclass(frozen=True, slots=True)
class Fairness:
    """The groups, by name of a commune and by kind of need ("" for those without one)."""

    communes: dict[str, Group]
    needs: dict[str, Group]


def fairness_of(maison_ids: Collection[int] | None, at: datetime) -> Fairness:
    """Group the past estimates of a year at these Maisons, None: all; two statements."""
    past = Estimate.objects.filter(appointment__starts_at__gt=at - LOOKS_BACK, appointment__starts_at__lte=at)
    here = past if maison_ids is None else past.filter(appointment__maison__in=maison_ids)
    rows = list(here.order_by().values(*COLUMNS))
    needs = _needs_of({row["appointment__ticket__person"] for row in rows})
    by_commune: dict[str, Group] = defaultdict(Group)
    by_need: dict[str, Group] = defaultdict(Group)
    for row in rows:
        by_commune[_commune(row)].add(row)
        for kind in needs.get(row["appointment__ticket__person"]) or [""]:
            by_need[kind].add(row)
    return Fairness(dict(by_commune), dict(by_need))


def last_fits(maison_ids: Collection[int] | None) -> list[RiskFit]:
    """Return the last weights of each of these Maisons, by name; one statement."""
    rows = RiskFit.objects.select_related("maison").order_by("maison", "-month").distinct("maison")
    here = rows if maison_ids is None else rows.filter(maison__in=maison_ids)
    return sorted(here, key=lambda row: row.maison.label.casefold())


def _commune(row: Mapping[str, Any]) -> str:
    """Return the commune of the Maison of the person's home, else that of the appointment."""
    home: str | None = row["appointment__ticket__decision__maison__commune__name"]
    return home or row["appointment__maison__commune__name"]


def _needs_of(persons: Iterable[int | None]) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = defaultdict(list)
    rows = AccessNeed.objects.filter(person__in=[pk for pk in persons if pk])
    for person, kind in rows.order_by("kind").values_list("person", "kind"):
        found[person].append(kind)
    return found
