"""The states of an appointment: conditional updates, and the last step can be undone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from requests_app.accounts.models import User
from requests_app.appointments.errors import InThePast, NotExpected, NotYet
from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import EARLY, EXPECTED
from requests_app.appointments.places import restore
from requests_app.appointments.services.checking import free_place, require_right
from requests_app.appointments.services.telling import record_change
from requests_app.tickets.models.event_data import AppointmentAct as Act
from requests_app.tickets.services.moves import require_reason

State, Reply = Appointment.State, Appointment.Reply


@transaction.atomic
def confirm(*, appointment: Appointment, at: datetime) -> None:
    """Confirm it for the person, who said « oui »; idempotent."""
    if appointment.state == State.CONFIRMED:
        return
    _require_to_come(appointment, at)
    _turn(appointment, State.CONFIRMED, {State.BOOKED}, at, reply=Reply.COMING, replied_at=at)
    record_change(appointment, Act.CONFIRMED, by=None, at=at)


@transaction.atomic
def cancel_by_person(*, appointment: Appointment, reason: str = "", by: User | None, at: datetime) -> None:
    """Cancel it for the person; ``by`` is the agent they told, None when they did it themselves."""
    if by:
        require_right(appointment.ticket, appointment.maison_id, by)
    _require_to_come(appointment, at)
    replied: dict[str, Any] = {} if by else {"reply": Reply.NOT_COMING, "replied_at": at}
    _turn(appointment, State.CANCELLED_BY_PERSON, EXPECTED, at, reason=reason.strip()[:300], **replied)
    record_change(appointment, Act.CANCELLED_BY_PERSON, by=by, at=at, reason=appointment.reason)


@transaction.atomic
def call_off(*, appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    """Cancel it for the service, which tells its colleagues why."""
    require_right(appointment.ticket, appointment.maison_id, by)
    _turn(appointment, State.CANCELLED_BY_SERVICE, EXPECTED, at, reason=require_reason(reason)[:300])
    record_change(appointment, Act.CANCELLED_BY_SERVICE, by=by, at=at, reason=appointment.reason)


@transaction.atomic
def note_came(*, appointment: Appointment, by: User | None, at: datetime) -> None:
    """Note that the person came, on the day; ``by`` is None when they said so themselves."""
    if by:
        require_right(appointment.ticket, appointment.maison_id, by)
    if appointment.starts_at - at > EARLY:
        raise NotYet
    _turn(appointment, State.CAME, EXPECTED, at, came_at=at)
    record_change(appointment, Act.CAME, by=by, at=at)


@transaction.atomic
def note_absent(*, appointment: Appointment, excuse: str = "", by: User, at: datetime) -> None:
    """Note that the person did not come once the hour has passed; an excuse is recorded separately."""
    require_right(appointment.ticket, appointment.maison_id, by)
    if at < appointment.starts_at:
        raise NotYet
    excuse = excuse.strip()[:300]
    _turn(appointment, State.EXCUSED if excuse else State.ABSENT, EXPECTED, at, reason=excuse)
    record_change(appointment, Act.EXCUSED if excuse else Act.ABSENT, by=by, at=at, reason=excuse)


def note_reply(*, appointment: Appointment, reply: str, at: datetime) -> bool:
    """Mark what the person wrote about the date they read; return False when it has changed since."""
    rows = Appointment.objects.filter(pk=appointment.pk, round=appointment.round)
    appointment.reply, appointment.replied_at = reply, at
    return bool(rows.update(reply=reply, replied_at=at))


@transaction.atomic
def undo(*, appointment: Appointment, by: User | None, at: datetime) -> None:
    """Undo the last step; raises Taken when the slot was given meanwhile.

    A restored date is a new one for its messages, which are planned again.
    """
    if by:
        require_right(appointment.ticket, appointment.maison_id, by)
    if appointment.moved_from is not None:
        _move_back(appointment, appointment.moved_from, by=by, at=at)
        return
    before, state = appointment.state_before, appointment.state
    if not before:
        raise NotExpected
    rows = Appointment.objects.filter(pk=appointment.pk, state=state, state_before=before)
    with free_place(appointment):
        changes: dict[str, Any] = {"state": before, "state_before": "", "reason": "", "came_at": None}
        if by is None or state in (State.CANCELLED_BY_PERSON, State.CONFIRMED):
            changes |= {"reply": "", "replied_at": None}
        if not rows.update(**changes, changed_at=at, round=F("round") + 1):
            raise NotExpected
    appointment.refresh_from_db()
    record_change(appointment, Act.UNDONE, by=by, at=at)


def _move_back(appointment: Appointment, memory: dict[str, Any], *, by: User | None, at: datetime) -> None:
    """Restore the previous date, when nobody took its slot; raises Taken, InThePast."""
    place = restore(memory)
    if place["starts_at"] <= at:
        raise InThePast
    rows = Appointment.objects.expected().filter(pk=appointment.pk, round=appointment.round)
    with free_place(Appointment(pk=appointment.pk, **place)):
        if not rows.update(**place, moved_from=None, changed_at=at, round=F("round") + 1):
            raise NotExpected
    appointment.refresh_from_db()
    record_change(appointment, Act.UNMOVED, by=by, at=at)


def _require_to_come(appointment: Appointment, at: datetime) -> None:
    if appointment.starts_at <= at:
        raise InThePast


def _turn(
    appointment: Appointment, state: str, from_states: Collection[str], at: datetime, **changes: Any
) -> None:
    """Change the state of an appointment as it was read, still expected; a second agent is told so."""
    rows = Appointment.objects.filter(
        pk=appointment.pk, state__in=from_states, round=appointment.round, starts_at=appointment.starts_at
    )
    if not rows.update(state=state, state_before=F("state"), moved_from=None, changed_at=at, **changes):
        raise NotExpected
    appointment.refresh_from_db()
