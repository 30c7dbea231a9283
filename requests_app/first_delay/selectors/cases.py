"""What the manager's page compares: each of the four delays as cases to group, read once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from requests_app.first_delay.delays import Delay, Followed, TicketDates, follow, held_by, measure
from requests_app.first_delay.models import ThirdNext
from requests_app.first_delay.selectors.rows import rows_of
from requests_app.first_delay.selectors.third_next import follow_measure

Key = TypeVar("Key", bound=Hashable)


class Kind(StrEnum):
    OFFERED = "offered"
    THIRD_NEXT = "third_next"
    BOOKED = "booked"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Case:
    """One ticket, or one measure of a day; ``is_first_time`` None: it holds for everybody."""

    maison: str
    type: str
    is_first_time: bool | None
    on: date
    followed: Followed


Cases = Mapping[Kind, list[Case]]
EVENTS: dict[Kind, Callable[[TicketDates, date], date | None]] = {
    Kind.OFFERED: lambda row, at: row.offered_on,
    Kind.BOOKED: lambda row, at: row.booked_on,
    Kind.HELD: held_by,
}


def read_cases(first: date, last: date, *, at: date) -> Cases:
    """Read the cases of a window as they are known on a day; the same statements however many they are."""
    rows = rows_of(first, last)
    cases = {kind: [_case(row, event_of(row, at), at) for row in rows] for kind, event_of in EVENTS.items()}
    measures = ThirdNext.objects.filter(day__range=(first, min(last, at))).select_related("maison", "type")
    third = [
        Case(each.maison.code, each.type.code, None, each.day, follow_measure(each))
        for each in measures.order_by("day", "pk")
    ]
    return cases | {Kind.THIRD_NEXT: third}


def measure_by(cases: Iterable[Case], key_of: Callable[[Case], Key]) -> dict[Key, Delay]:
    """Measure each group of cases apart."""
    groups = defaultdict[Key, list[Followed]](list)
    for case in cases:
        groups[key_of(case)].append(case.followed)
    return {key: measure(followed) for key, followed in groups.items()}


def _case(row: TicketDates, event_on: date | None, at: date) -> Case:
    return Case(row.maison, row.type, row.is_first_time, row.asked_on, follow(row, event_on, at))
