"""A person cancelled by SMS: done, and said back to them, so that they need not wonder."""

from datetime import datetime

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.people.models import ContactPoint
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.saying import Thing, tell
from requests_app.reminders.ways import Way
from requests_app.tickets.models import Channel


def cancel_and_confirm(appointment: Appointment, point: ContactPoint, at: datetime) -> bool:
    """Cancel it for the person who writes from there, and confirm it there; raises Refused."""
    appointments.cancel_by_person(appointment=appointment, by=None, at=at)
    way = Way(Channel.Kind.SMS, point)
    tell([Thing(appointment, Reminder.Purpose.CANCELLED_AS_ASKED, way)], at=at)
    return True
