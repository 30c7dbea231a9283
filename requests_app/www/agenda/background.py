"""What stands behind the appointments of an agenda: openings, absences, closures of the Maison."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from requests_app.maisons.models import Maison
from requests_app.slots.computing.wall_clock import DAY
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.weeks import Occurrence, Row, occurrences_of


@dataclass(frozen=True, slots=True)
class Background:
    """Their times on some days, in order."""

    openings: list[Occurrence[Opening]] = field(default_factory=list)
    absences: list[Occurrence[Absence]] = field(default_factory=list)
    closures: list[Occurrence[Closure]] = field(default_factory=list)


def read_background(
    maison: Maison, first: date, last: date, *, agents: Collection[int], agent: int | None, room: str
) -> Background:
    """Read them from a day to another, both included; three statements.

    ``agents`` have an appointment there: their absences count, as do those of the agents who receive.
    """
    rows = Opening.objects.filter(maison=maison).around(first, last).select_related("agent")
    if agent is not None:
        rows = rows.filter(agent=agent)
    if room:
        rows = rows.filter(room__iexact=room)
    openings = occurrences_of(rows, first=first, last=last)
    concerned = {*agents, *(each.row.agent_id for each in openings)} | ({agent} if agent else set())
    absences = Absence.objects.filter(agent__in=concerned).around(first, last).select_related("agent")
    return Background(
        openings, occurrences_of(absences, first=first, last=last), _closures(maison, first, last)
    )


def _closures(maison: Maison, first: date, last: date) -> list[Occurrence[Closure]]:
    rows = Closure.objects.standing().filter(maison=maison, starts_on__lte=last, ends_on__gte=first)
    found = (Occurrence(row.start, row.end, row) for row in rows.order_by("starts_on", "starts_at", "pk"))
    return [each for each in found if each.end > datetime.combine(first, time.min)]


def on_day(times: list[Occurrence[Row]], day: date) -> list[Occurrence[Row]]:
    """Narrow to those that share some time with a day."""
    start, end = datetime.combine(day, time.min), datetime.combine(day + DAY, time.min)
    return [each for each in times if each.start < end and each.end > start]


def describe_closures(closures: list[Occurrence[Closure]]) -> str:
    """Write « fermée exceptionnellement de 13 h 30 à 15 h »; "" when nothing is closed."""
    hours = _(" et ").join(each.hours for each in closures)
    return _("fermée exceptionnellement %(hours)s") % {"hours": hours} if hours else ""


def lasts_all_day(times: list[Occurrence[Row]], day: date) -> bool:
    """Tell whether one of them takes the whole of a day."""
    start, end = datetime.combine(day, time.min), datetime.combine(day + DAY, time.min)
    return any(each.start <= start and each.end >= end for each in times)
