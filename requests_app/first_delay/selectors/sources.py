"""What the database knows of the tickets of a window, read in a few statements however many they are.

A ticket is read with those merged into it, by the key of the one that goes on (``root``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime

from requests_app.appointments.models import Appointment
from requests_app.first_delay.models import SlotSearch
from requests_app.lib.registry import Handlers
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.models.event_data import AppointmentAct


@dataclass(frozen=True, slots=True)
class Listed:
    """A place on a waiting list."""

    ticket: int
    type: str
    maison: str
    at: datetime


# The room that keeps a waiting list says who is on it, for tickets received since an instant.
WAITING_LISTS: Handlers[Callable[[datetime], Iterable[Listed]]] = Handlers("room with a waiting list")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody looked for a slot or waits for one; ``start`` is that of the first slot shown."""

    at: datetime
    type: str
    maison: str
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment, with its start as first booked."""

    at: datetime
    type: str
    maison: str
    first_start: datetime
    start: datetime
    has_come: bool


@dataclass(slots=True)
class Traces:
    """All that was asked and booked about one ticket, in order."""

    asked: list[Asked] = field(default_factory=list)
    booked: list[Booked] = field(default_factory=list)


def read_traces(first: date) -> dict[int, Traces]:
    """Return by root the traces of all tickets received since a day."""
    since, traces = midnight(first), defaultdict[int, Traces](Traces)
    for root, booked in _appointments(since):
        traces[root].booked.append(booked)
    for root, asked in _searches(since):
        traces[root].asked.append(asked)
    listed = [each for waiting_list in WAITING_LISTS for each in waiting_list(since)]
    roots = _roots([each.ticket for each in listed])
    for each in listed:
        traces[roots[each.ticket]].asked.append(Asked(each.at, each.type, each.maison))
    return traces


def read_first_received(first: date) -> dict[int, datetime]:
    """Return by root when the first of the tickets merged into it was received; a family waits since then."""
    merged = Ticket.objects.filter(merged_into__isnull=False, merged_into__received_at__gte=midnight(first))
    rows = merged.order_by().values_list("merged_into").annotate(since=Min("received_at"))
    return dict(rows)


def _roots(ticket_ids: list[int]) -> dict[int, int]:
    if not ticket_ids:
        return {}
    rows = Ticket.objects.filter(pk__in=ticket_ids).annotate(root=Coalesce("merged_into", "pk"))
    return dict(rows.values_list("pk", "root"))


def _appointments(since: datetime) -> Iterator[tuple[int, Booked]]:
    """Read appointments by date of booking; those that never moved start as they were first booked."""
    given = Appointment.objects.filter(ticket__received_at__gte=since)
    first_starts = _first_starts(given)
    for row in given.order_by("booked_at", "pk").annotate(root=ROOT).values(*COLUMNS):
        yield (
            row["root"],
            Booked(
                at=row["booked_at"],
                type=row["type__code"],
                maison=row["maison__code"],
                first_start=_first_start(row, first_starts),
                start=row["starts_at"],
                has_come=row["state"] == Appointment.State.CAME,
            ),
        )


ROOT = Coalesce("ticket__merged_into", "ticket")
COLUMNS = (
    "root",
    "ticket",
    "booked_at",
    "type__code",
    "maison__code",
    "starts_at",
    "state",
    "round",
    "moved_from",
)


def _first_starts(given: QuerySet[Appointment]) -> dict[tuple[int, datetime], datetime]:
    """Return the start written in the history when a moved appointment was booked: one statement."""
    moved = given.filter(round__gt=1).order_by().values("ticket")
    told = Event.objects.filter(
        kind=Event.Kind.APPOINTMENT, data__did=AppointmentAct.BOOKED, ticket__in=moved
    )
    rows = told.order_by("pk").values_list("ticket", "at", "data__starts_at")
    return {(ticket, at): start for ticket, at, text in rows if (start := parse_datetime(text or ""))}


def _first_start(row: dict[str, Any], told: dict[tuple[int, datetime], datetime]) -> datetime:
    """Return its start as first booked; without its history, what it remembers of its last move."""
    if row["round"] == 1:
        return row["starts_at"]
    remembered = (row["moved_from"] or {}).get("starts_at", "")
    start = told.get((row["ticket"], row["booked_at"])) or parse_datetime(remembered)
    return start or row["starts_at"]


def _searches(since: datetime) -> Iterator[tuple[int, Asked]]:
    rows = SlotSearch.objects.filter(ticket__received_at__gte=since).annotate(root=ROOT)
    columns = ("root", "at", "type__code", "maison__code", "offer__first_start")
    for root, at, kind, maison, start in rows.order_by("at", "pk").values_list(*columns):
        yield root, Asked(at, kind, maison or "", start)
