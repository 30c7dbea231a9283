"""A person cancelled by a short message: done, and confirmed to them."""

from datetime import datetime

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.channels.ways_out import way_to
from requests_app.people.models import ContactPoint
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.saying import AppointmentMessage, tell
from requests_app.reminders.ways import ContactMethod


def cancel_and_confirm(
    appointment: Appointment, point: ContactPoint, at: datetime, *, channel: str = ""
) -> bool:
    """Cancel it for the person who writes from this contact, and confirm it there; raises Refused.

    ``channel`` is the one they wrote by.
    """
    appointments.cancel_by_person(appointment=appointment, by=None, at=at)
    found = way_to(point, wrote_by=channel)
    if found:
        tell(
            [
                AppointmentMessage(
                    appointment, Reminder.Purpose.CANCELLED_AS_ASKED, ContactMethod(found.key, point)
                )
            ],
            at=at,
        )
    return True
