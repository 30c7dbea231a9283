"""Whom the help reaches, and what came of their appointments: by commune and by access need.

Each table partitions all appointments: somebody with several needs is in none of theirs. Groups of under five
people are joined, so no subtraction finds one again (threats: P06). Needs are read here only, to check: the
risk is computed without them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from requests_app.appointments.models import Appointment
from requests_app.attendance.models import Estimate, RiskFit
from requests_app.lib.few_people import FEW, join_few
from requests_app.people.models import AccessNeed

State = Appointment.State
LOOKS_BACK = timedelta(days=365)
NO_NEED, SEVERAL, OTHERS = "", "several", "others"
COLUMNS = (
    "risk",
    "help",
    "appointment__state",
    "appointment__ticket__person",
    "appointment__ticket__decision__maison__commune__name",
    "appointment__maison__commune__name",
)
Row = Mapping[str, Any]


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

    def add(self, row: Row) -> None:
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
class Groups:
    """Groups of five people at least, by name; ``untold`` are those whose outcomes are of too few.

    ``is_of_few``: there are appointments, of under five people in all, and no group.
    """

    by_name: dict[str, Group]
    untold: frozenset[str]
    is_of_few: bool


@dataclass(frozen=True, slots=True)
class Fairness:
    """The groups, by name of a commune, and by kind of need, ``NO_NEED`` or ``SEVERAL``; and ``OTHERS``."""

    communes: Groups
    needs: Groups


def fairness_of(maison_ids: Collection[int] | None, at: datetime) -> Fairness:
    """Group the past estimates of a year at these Maisons, None: all; two statements."""
    past = Estimate.objects.filter(appointment__starts_at__gt=at - LOOKS_BACK, appointment__starts_at__lte=at)
    here = past if maison_ids is None else past.filter(appointment__maison__in=maison_ids)
    rows = list(here.order_by().values(*COLUMNS))
    return group(rows, _needs_of({row["appointment__ticket__person"] for row in rows}))


def group(rows: Iterable[Row], needs: Mapping[int | None, list[str]]) -> Fairness:
    """Group rows of ``COLUMNS``; ``needs`` are the kinds of each person."""
    by_commune: dict[str, Group] = defaultdict(Group)
    by_need: dict[str, Group] = defaultdict(Group)
    for row in rows:
        by_commune[_commune(row)].add(row)
        by_need[_need(needs.get(row["appointment__ticket__person"], []))].add(row)
    return Fairness(_join_small(by_commune), _join_small(by_need))


def last_fits(maison_ids: Collection[int] | None) -> list[RiskFit]:
    """Return the last weights of each of these Maisons, by name; one statement."""
    rows = RiskFit.objects.select_related("maison").order_by("maison", "-month").distinct("maison")
    here = rows if maison_ids is None else rows.filter(maison__in=maison_ids)
    return sorted(here, key=lambda row: row.maison.label.casefold())


def _join_small(groups: Mapping[str, Group]) -> Groups:
    alone, small = join_few({name: each.persons for name, each in sorted(groups.items())})
    found = {name: groups[name] for name in alone}
    others = _join(groups[name] for name in small)
    if len(others.persons) >= FEW:
        found[OTHERS] = others
    _told, untold = join_few({name: each.outcomes for name, each in found.items()})
    return Groups(found, frozenset(untold), is_of_few=bool(groups and not found))


def _join(groups: Iterable[Group]) -> Group:
    joined = Group()
    for each in groups:
        joined.count += each.count
        joined.risks += each.risks
        joined.helped += each.helped
        joined.noted += each.noted
        joined.absences += each.absences
        joined.persons |= each.persons
        joined.outcomes |= each.outcomes
    return joined


def _commune(row: Row) -> str:
    """Return the commune of the Maison of the person's home, else that of the appointment."""
    home: str | None = row["appointment__ticket__decision__maison__commune__name"]
    return home or row["appointment__maison__commune__name"]


def _need(kinds: list[str]) -> str:
    return SEVERAL if len(kinds) > 1 else next(iter(kinds), NO_NEED)


def _needs_of(persons: Iterable[int | None]) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = defaultdict(list)
    rows = AccessNeed.objects.filter(person__in=[pk for pk in persons if pk])
    for person, kind in rows.order_by("kind").values_list("person", "kind"):
        found[person].append(kind)
    return found
