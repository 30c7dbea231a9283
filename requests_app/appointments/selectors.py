"""Appointments as the agenda, a ticket's page and the desk show them; one statement each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from requests_app.access.scope import Scope
from requests_app.appointments.models import ACTIVE, Appointment
from requests_app.appointments.models.appointments import CANCELLED, EARLY, EXPECTED, AppointmentQuerySet
from requests_app.appointments.readable import READ_BY, readable_in
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import family_of
from requests_app.tickets.selectors.masking import PROTECTED, RESERVED

State, Reply = Appointment.State, Appointment.Reply
MAX_SHOWN = 400  # the largest Maison has under 150 a day
MAX_OF_TICKET = 6

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment of a list; person and ticket only for agents who may read them (A03)."""

    id: int
    starts_at: datetime
    ends_at: datetime
    state: str
    state_label: str
    came_at: datetime | None
    reason: str
    outside_reason: str
    agent_id: int
    agent: str
    room: str
    interpreter: str
    maison: str
    type: str
    person: str
    reference: str
    is_readable: bool
    can_undo: bool
    is_moved: bool
    booked_at: datetime
    changed_at: datetime
    round: int
    reply: str
    reply_label: str
    replied_at: datetime | None
    number: str
    called_at: datetime | None

    @property
    def minutes_late(self) -> int:
        """Return the whole minutes between the hour and the arrival; 0 for whoever came on time."""
        late = self.came_at - self.starts_at if self.came_at else timedelta()
        return max(0, int(late.total_seconds()) // 60)

    @property
    def has_reply(self) -> bool:
        """Tell whether the person wrote something an agent must read; « je viendrai » is the state itself."""
        if self.wrote_since:
            return True
        return self.reply not in ("", Reply.COMING) and self.state in (*EXPECTED, State.CANCELLED_BY_PERSON)

    @property
    def wrote_since(self) -> bool:
        """Tell whether the person wrote after it was cancelled, perhaps that they come all the same."""
        return self.is_cancelled and self.replied_at is not None and self.replied_at > self.changed_at

    @property
    def is_expected(self) -> bool:
        return self.state in EXPECTED

    @property
    def look(self) -> str:
        """Return how the agenda draws it: a class of its stylesheet."""
        if self.came_at:
            return "appt-here"
        return "appt-plan" if self.is_expected else "appt-away"

    def is_near(self, now: datetime) -> bool:
        """Tell whether an arrival may be noted already."""
        return self.starts_at - now <= EARLY

    @property
    def is_cancelled(self) -> bool:
        return self.state in CANCELLED


def appointments_of_maison(
    *,
    maison_id: int,
    start: datetime,
    end: datetime,
    scope: Scope,
    agent_id: int | None = None,
    room: str = "",
    limit: int = MAX_SHOWN,
) -> list[AppointmentRow]:
    """List a Maison's appointments between two instants, or an agent's or a room's, by hour.

    Without cancelled ones.
    """
    found = _held_at(maison_id, start, end, agent_id, room).exclude(state__in=CANCELLED)
    return _lines(found.order_by("starts_at", "pk"), scope, limit)


def count_at(
    *, maison_id: int, start: datetime, end: datetime, agent_id: int | None = None, room: str = ""
) -> int:
    """Count the same, where a list stops."""
    return _held_at(maison_id, start, end, agent_id, room).exclude(state__in=CANCELLED).count()


def _held_at(
    maison_id: int, start: datetime, end: datetime, agent_id: int | None, room: str
) -> AppointmentQuerySet:
    found = Appointment.objects.between(start, end).filter(maison_id=maison_id)
    if agent_id is not None:
        found = found.filter(agent_id=agent_id)
    return found.filter(room__iexact=room) if room else found


def appointments_among(ids: Collection[int], *, scope: Scope) -> list[AppointmentRow]:
    """List these appointments by hour."""
    return _lines(Appointment.objects.filter(pk__in=ids).order_by("starts_at", "pk"), scope, MAX_SHOWN)


def answered_at(
    *,
    maison_id: int,
    start: datetime,
    end: datetime,
    scope: Scope,
    agent_id: int | None = None,
    room: str = "",
) -> list[AppointmentRow]:
    """List the same, with those that the person cancelled by an answer, or wrote about once cancelled."""
    answered = Q(state=State.CANCELLED_BY_PERSON, reply=Reply.NOT_COMING) | Q(replied_at__gt=F("changed_at"))
    unanswered = Q(state__in=CANCELLED) & ~answered
    found = _held_at(maison_id, start, end, agent_id, room).exclude(unanswered)
    return _lines(found.order_by("starts_at", "pk"), scope, MAX_SHOWN)


def appointments_of_ticket(ticket: Ticket, *, scope: Scope, by_glass: bool = False) -> list[AppointmentRow]:
    """List a ticket's appointments, latest date first; ``by_glass``: read by exception (A04)."""
    theirs = Appointment.objects.filter(ticket__in=family_of(ticket))
    found = theirs.order_by("-starts_at", "-pk").values(*COLUMNS)[:MAX_OF_TICKET]
    is_read = by_glass or scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
    return [_line(row, scope, is_read_here=is_read) for row in found]


def appointments_of_person(
    *, person_id: int, maison_id: int, start: datetime, end: datetime, scope: Scope
) -> list[AppointmentRow]:
    """List the day's appointments of a person at the desk."""
    found = Appointment.objects.between(start, end).filter(maison_id=maison_id, ticket__person=person_id)
    return _lines(found.filter(state__in=ACTIVE).order_by("starts_at", "pk"), scope, MAX_OF_TICKET)


def coming(*, person_id: int, now: datetime, scope: Scope) -> list[AppointmentRow]:
    """List their coming appointments, of tickets within the scope, soonest first."""
    known = scope.as_q("ticket__") | scope.as_q("ticket__merged_into__")
    theirs = Appointment.objects.expected().filter(known, ticket__person=person_id)
    return _lines(theirs.filter(ends_at__gte=now).order_by("starts_at", "pk"), scope, MAX_OF_TICKET)


def persons_expected(*, maison_ids: Collection[int], start: datetime, end: datetime) -> QuerySet[Any]:
    """Build a subquery of the ids of persons expected at these Maisons then (threats: A05)."""
    found = Appointment.objects.between(start, end).filter(maison_id__in=maison_ids, state__in=ACTIVE)
    return found.filter(ticket__person__isnull=False).values("ticket__person")


@dataclass(frozen=True, slots=True)
class ExpectedPerson:
    """When somebody is expected, and by whom."""

    starts_at: datetime
    agent: str


def awaited_among(
    person_ids: Collection[int], *, maison_id: int, start: datetime, end: datetime, scope: Scope
) -> dict[int, ExpectedPerson]:
    """Return who of these persons is still expected at a Maison, with their first hour; one statement.

    Nothing of a reserved ticket stands beside a name (threats: A03).
    """
    found = Appointment.objects.expected().between(start, end).filter(maison_id=maison_id)
    rows = found.filter(ticket__person__in=person_ids).order_by("-starts_at", "-pk").values(*AWAITED)
    return {
        row["ticket__person"]: ExpectedPerson(
            row["starts_at"], _name(row, "agent__") or row["agent__username"]
        )
        for row in rows
        if not row["ticket__is_sensitive"] or scope.can_read(row["ticket__maison_id"], is_sensitive=True)
    }


AWAITED = (
    "ticket__person",
    "ticket__maison_id",
    "ticket__is_sensitive",
    "starts_at",
    "agent__given_name",
    "agent__family_name",
    "agent__username",
)
COLUMNS = (
    "id",
    "starts_at",
    "ends_at",
    "state",
    "state_before",
    "moved_from",
    "booked_at",
    "changed_at",
    "came_at",
    "reason",
    "outside_reason",
    "agent_id",
    "agent__given_name",
    "agent__family_name",
    "agent__username",
    "room",
    "interpreter__name",
    "maison__label",
    "type__label",
    "round",
    "reply",
    "replied_at",
    "visit__number",
    "visit__called_at",
    *READ_BY,
    "ticket__sender",
    "ticket__person__given_name",
    "ticket__person__family_name",
    "ticket__person__usage_name",
)


def _lines(
    found: AppointmentQuerySet | QuerySet[Appointment], scope: Scope, limit: int
) -> list[AppointmentRow]:
    return [_line(row, scope) for row in found.values(*COLUMNS)[:limit]]


def _line(row: Row, scope: Scope, *, is_read_here: bool = False) -> AppointmentRow:
    reference = readable_in(row, scope)
    is_readable = is_read_here or bool(reference)
    return AppointmentRow(
        id=row["id"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        state=row["state"],
        state_label=str(State(row["state"]).label),
        came_at=row["came_at"],
        reason=row["reason"] if is_readable else "",
        outside_reason=row["outside_reason"],
        agent_id=row["agent_id"],
        agent=_name(row, "agent__") or row["agent__username"],
        room=row["room"],
        interpreter=row["interpreter__name"] or "",
        maison=row["maison__label"],
        type=row["type__label"] if is_readable else str(RESERVED),
        person=(_name(row, "ticket__person__") or row["ticket__sender"]) if is_readable else str(PROTECTED),
        reference=reference or (row["ticket__reference"] if is_readable else ""),
        is_readable=is_readable,
        can_undo=row["state_before"] != "" or row["moved_from"] is not None,
        is_moved=row["moved_from"] is not None,
        booked_at=row["booked_at"],
        changed_at=row["changed_at"],
        round=row["round"],
        reply=row["reply"],
        reply_label=str(Reply(row["reply"]).label) if row["reply"] else "",
        replied_at=row["replied_at"],
        number=f"A{row['visit__number']:02d}" if row["visit__number"] and row["came_at"] else "",
        called_at=row["visit__called_at"],
    )


def _name(row: Row, prefix: str) -> str:
    family = row.get(f"{prefix}usage_name") or row[f"{prefix}family_name"] or ""
    return f"{row[f'{prefix}given_name'] or ''} {family}".strip()
