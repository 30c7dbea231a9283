"""Book and move appointments: the database holds the slot, for one person at a time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from requests_app.accounts.models import User
from requests_app.appointments.errors import NotExpected
from requests_app.appointments.models import Appointment, Hold
from requests_app.appointments.places import memory_of
from requests_app.appointments.services.checking import Wish, ask_why, check, free_place, require_right
from requests_app.appointments.services.holding import from_hold
from requests_app.appointments.services.telling import record_change
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.event_data import AppointmentAct as Act
from requests_app.tickets.services.moves import require_open

State = Appointment.State


@transaction.atomic
def book(
    *, ticket: Ticket, wish: Wish, by: User | None, held: Hold | None = None, at: datetime
) -> Appointment:
    """Book an appointment; raises NotAllowed, AlreadyClosed, InThePast, NotHere, Asks, Taken.

    Without ``by`` the person books it. ``held`` is the hold that it ends; HoldLost says that it expired and
    somebody else took the slot.
    """
    require_open(ticket)
    check(wish, ticket, by=by, at=at)
    appointment = Appointment(
        ticket=ticket, booked_at=at, booked_by=by, changed_at=at, **_place(wish), dated_at=at
    )
    with from_hold(held, appointment), free_place(appointment):
        appointment.save(force_insert=True)
    ask_why(wish, ticket, given=appointment, by=by)
    record_change(appointment, Act.BOOKED, by=by, at=at, reason=appointment.outside_reason)
    return appointment


@transaction.atomic
def move(
    *, appointment: Appointment, wish: Wish, by: User | None, held: Hold | None = None, at: datetime
) -> None:
    """Move an appointment, as it was read, to another date, agent or room; the same refusals as book."""
    if by:
        require_right(appointment.ticket, appointment.maison_id, by)
    check(wish, appointment.ticket, by=by, at=at)
    was_at, read = appointment.starts_at, (appointment.starts_at, appointment.maison_id)
    asked = Appointment(pk=appointment.pk, **_place(wish))
    rows = Appointment.objects.expected().filter(pk=appointment.pk, round=appointment.round)
    with from_hold(held, asked), free_place(asked):
        changes = {**_place(wish), "state": State.BOOKED, "state_before": "", "changed_at": at}
        changes |= {"moved_from": memory_of(appointment), "reply": "", "replied_at": None}
        if not rows.update(**changes, dated_at=at, round=F("round") + 1):
            raise NotExpected
    ask_why(wish, appointment.ticket, given=asked, old_reason=appointment.outside_reason, by=by)
    appointment.refresh_from_db()
    did = Act.MOVED if read != (appointment.starts_at, appointment.maison_id) else Act.CHANGED
    record_change(appointment, did, by=by, at=at, was_at=was_at, reason=appointment.outside_reason)


def _place(wish: Wish) -> dict[str, Any]:
    return {**wish.place, "outside_reason": wish.outside_reason.strip()[:300]}
