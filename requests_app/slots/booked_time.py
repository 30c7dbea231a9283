"""What is booked of agents and rooms, joined by the database: a full morning is one row, not four."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import (
    Aggregate,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    QuerySet,
    Value,
)

from requests_app.appointments.models import ACTIVE, Appointment, Hold
from requests_app.appointments.models.appointments import TsTzRange
from requests_app.slots.computing.intervals import Interval


class JoinedRanges(Aggregate):
    """Ranges as few as possible, in order: those that overlap or touch are one."""

    function = "RANGE_AGG"
    template = "UNNEST(%(function)s(%(expressions)s))"
    output_field = DateTimeRangeField()


class Minutes(Func):
    """A number of minutes, as a duration."""

    function = "MAKE_INTERVAL"
    template = "%(function)s(mins => %(expressions)s)"
    output_field = DurationField()


# An agent and a room are taken until the buffer of that type has passed.
FREE_AT = ExpressionWrapper(F("ends_at") + Minutes("type__buffer_minutes"), output_field=DateTimeField())
TAKEN = JoinedRanges(TsTzRange("starts_at", "free_at"))


def list_booked(
    agents: Collection[int], maisons: Collection[int], window: Interval, at: datetime
) -> Iterable[tuple[Any, ...]]:
    """Return rows (agent, "", start, end), and of rooms (Maison, room, start, end); one statement."""
    found: list[QuerySet[Any, Any]] = []
    for rows in (Appointment.objects.filter(state__in=ACTIVE), Hold.objects.live(at)):
        during = rows.annotate(free_at=FREE_AT).filter(starts_at__lt=window.end, free_at__gt=window.start)
        found.append(_join_rows(during.filter(agent__in=agents), "agent_id", Value("")))
        if maisons:
            here = Q(maison__in=maisons) & ~Q(room="")
            found.append(_join_rows(during.filter(here), "maison_id", F("room")))
    return found[0].union(*found[1:], all=True)


def _join_rows(rows: "QuerySet[Any]", owner: str, room: Any) -> "QuerySet[Any, Any]":
    owned = rows.values(owner=F(owner), where=room)
    bounds = {
        name: Func(TAKEN, function=name.upper(), output_field=DateTimeField()) for name in ("lower", "upper")
    }
    return owned.annotate(**bounds).values_list("owner", "where", "lower", "upper")
