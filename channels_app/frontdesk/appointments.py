"""Today's appointments of the person at the desk."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta

from channels_app.frontdesk.desk import Desk
from requests_app.appointments import services
from requests_app.appointments.models import Appointment
from requests_app.appointments.selectors import (
    AppointmentRow,
    ExpectedPerson,
    appointments_of_maison,
    appointments_of_person,
    awaited_among,
)
from requests_app.attendance.services import numbers
from requests_app.outbox import windows
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Touchpoint

CAME, UNDO = "venue", "remettre"
LATE = timedelta(hours=1)  # after the end of their appointment, nobody is expected any more
RECENT = timedelta(minutes=10)


def appointments_today(desk: Desk, person_id: int) -> list[AppointmentRow]:
    """Return the person's appointments of today at this Maison; none when the agent is at no desk."""
    if desk.maison_id is None:
        return []
    start, end = windows.day_of(desk.at)
    return appointments_of_person(
        person_id=person_id, maison_id=desk.maison_id, start=start, end=end, scope=desk.scope
    )


def expected_here(desk: Desk) -> list[AppointmentRow]:
    """List who is still expected at this Maison today, by hour, and who has just arrived."""
    assert desk.maison_id is not None
    start, end = windows.day_of(desk.at)
    rows = appointments_of_maison(maison_id=desk.maison_id, start=start, end=end, scope=desk.scope)
    return [row for row in rows if _is_listed(row, desk.at)]


def _is_listed(row: AppointmentRow, at: datetime) -> bool:
    """Tell whether they may still come, or came a moment ago, which can be undone here."""
    if row.is_expected:
        return row.ends_at > at - LATE
    return row.came_at is not None and at - row.came_at < RECENT


def awaited_today(desk: Desk, person_ids: Collection[int]) -> dict[int, ExpectedPerson]:
    """Return which of these persons still have an appointment here today; one statement, or none."""
    if desk.maison_id is None or not person_ids:
        return {}
    start, end = windows.day_of(desk.at)
    return awaited_among(person_ids, maison_id=desk.maison_id, start=start, end=end, scope=desk.scope)


def turn(appointment: Appointment, name: str, desk: Desk) -> None:
    """Record that the person is there, or undo that; raises Refused."""
    if name == CAME:
        numbers.note_arrival(appointment=appointment, by=desk.user, at=desk.at)
    else:
        services.undo(appointment=appointment, by=desk.user, at=desk.at)


def note_arrival(desk: Desk, person_id: int) -> None:
    """Record the arrival to today's appointment here, in the same save as the visit (N3)."""
    start, end = windows.day_of(desk.at)
    theirs = Appointment.objects.expected().between(start, end).filter(ticket__person=person_id)
    here = theirs.filter(maison=desk.maison_id).select_related("ticket")
    if (found := here.order_by("starts_at", "pk").first()) is None:
        return
    with suppress(Refused):  # taken or cancelled a moment ago: the visit stands all the same
        services.note_came(appointment=found, by=desk.user, at=desk.at)  # the visit has a number of its own


def came_with(touchpoint: Touchpoint) -> Appointment | None:
    """Return the appointment whose arrival was recorded by the save of this visit."""
    if touchpoint.ticket.person_id is None:
        return None
    came = Appointment.objects.filter(state=Appointment.State.CAME, came_at=touchpoint.occurred_at)
    return came.filter(ticket__person=touchpoint.ticket.person_id).select_related("ticket").first()
