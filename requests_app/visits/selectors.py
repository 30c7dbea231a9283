"""The counter's day as its screen shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.tickets.selectors.masking import RESERVED
from requests_app.visits.models import Visit
from requests_app.visits.services import day_of

State = Visit.State
SOON = timedelta(minutes=10)
LATE = timedelta(minutes=30)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue; ``level`` colours the wait ("", "soon", "late")."""

    id: int
    number: str
    topic: str
    arrived_at: datetime
    called_at: datetime | None
    called_by: str
    level: str
    desk: str = ""
    ahead: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """``mean_wait`` is over the day: until the call, or until now for those waiting; None without visits.

    ``visits`` counts who was in it today, ``version`` changes whenever the screen would.
    """

    waiting: list[Waiting]
    called: list[Waiting]
    visits: int
    mean_wait: timedelta | None
    version: str

    @property
    def next(self) -> Waiting | None:
        return self.waiting[0] if self.waiting else None


def queue_of(*, maison_id: int, scope: Scope, at: datetime) -> Queue:
    """Return the day's queue of a Maison, in one statement whatever its length."""
    rows: list[Row] = list(
        Visit.objects.of_the_queue()
        .filter(maison_id=maison_id, day=day_of(at))
        .in_order()
        .values(
            "id",
            "number",
            "state",
            "arrived_at",
            "called_at",
            "first_called_at",
            "called_by__given_name",
            "desk",
            "ahead_reason",
            "touchpoint__subject",
            "touchpoint__ticket__maison_id",
            "touchpoint__ticket__is_sensitive",
            "touchpoint__ticket__topic__label",
        )
    )
    lines = [(row["state"], _line(row, scope, at)) for row in rows]
    called = [line for state, line in lines if state == State.CALLED]
    return Queue(
        waiting=[line for state, line in lines if state == State.WAITING],
        called=sorted(called, key=lambda line: line.called_at or at, reverse=True),
        visits=len(rows),
        mean_wait=_mean([_wait(row, at) for row in _who_waited(rows)]),
        version=_version(rows, at),
    )


def expected_persons(*, maison_ids: Iterable[int], at: datetime) -> QuerySet[Any]:
    """Build a subquery of the ids of persons at the counters of these Maisons today."""
    today = Visit.objects.filter(maison_id__in=sorted(maison_ids), day=day_of(at))
    return today.filter(touchpoint__ticket__person__isnull=False).values("touchpoint__ticket__person")


def _line(row: Row, scope: Scope, at: datetime) -> Waiting:
    is_hidden = row["touchpoint__ticket__is_sensitive"] and not scope.can_read(
        row["touchpoint__ticket__maison_id"], is_sensitive=True
    )
    spent = at - row["arrived_at"]
    return Waiting(
        id=row["id"],
        number=f"A{row['number']:02d}",
        topic=str(RESERVED)
        if is_hidden
        else row["touchpoint__ticket__topic__label"] or row["touchpoint__subject"],
        arrived_at=row["arrived_at"],
        called_at=row["called_at"],
        called_by=row["called_by__given_name"] or "",
        level="late" if spent >= LATE else "soon" if spent >= SOON else "",
        desk=name_desk(row["desk"]),
        ahead=str(Visit.Ahead(row["ahead_reason"]).label) if row["ahead_reason"] else "",
    )


def name_desk(number: str) -> str:
    """Return « Bureau 3 » as the screens show it; "" when the agent gave none."""
    return _("Bureau %(number)s") % {"number": number} if number else ""


def _wait(row: Row, at: datetime) -> timedelta:
    """Return the time until the first call, or until now."""
    waited: timedelta = (row["first_called_at"] or row["called_at"] or at) - row["arrived_at"]
    return waited


def _who_waited(rows: list[Row]) -> list[Row]:
    """Leave out those received or absent without a call, which say nothing of the wait."""
    return [row for row in rows if row["called_at"] or row["state"] == State.WAITING]


def _mean(waits: list[timedelta]) -> timedelta | None:
    return sum(waits, timedelta()) / len(waits) if waits else None


def _version(rows: list[Row], at: datetime) -> str:
    """Return a short hash of the screen: the states, and the minutes when somebody waits."""
    states = "".join(f"{row['id']}{row['state'][0]}{row['desk']}{row['ahead_reason']}" for row in rows)
    called = "".join(str(row["called_at"]) for row in rows if row["state"] == State.CALLED)
    minute = at.strftime("%H%M") if any(row["state"] == State.WAITING for row in rows) else ""
    return sha256(f"{at:%Y%m%d}{states}{called}{minute}".encode()).hexdigest()[:16]
