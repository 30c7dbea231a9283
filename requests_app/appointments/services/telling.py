"""A change of an appointment is shown on its ticket, and sent to the subscribed apps."""

from datetime import datetime

from django.db.models import F, Q

from requests_app.accounts.models import User
from requests_app.appointments.changes import AppointmentChange, notify
from requests_app.appointments.models import Appointment
from requests_app.appointments.services.facts import record_fact
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.models.event_data import AppointmentAct, AppointmentChanged
from requests_app.tickets.selectors.family import ends_of


def record_change(
    appointment: Appointment,
    did: AppointmentAct,
    *,
    by: User | None,
    at: datetime,
    was_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Write it in the thread (without an agent, the person did it) and notify the subscribers.

    The ticket's version grows: an agent who was answering is told once of the news (W12).
    """
    data = AppointmentChanged(
        did=did, starts_at=appointment.starts_at, was_at=was_at, reason=reason, is_by_person=by is None
    )
    Event.objects.record(appointment.ticket_id, kind=Event.Kind.APPOINTMENT, by=by, at=at, data=data)
    ends = ends_of([appointment.ticket_id])
    Ticket.objects.filter(Q(pk=appointment.ticket_id) | Q(pk__in=ends)).update(version=F("version") + 1)
    change = AppointmentChange(appointment, did, at, is_by_person=by is None)
    record_fact(change)
    notify(change)
