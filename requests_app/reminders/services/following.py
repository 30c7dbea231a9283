"""What an appointment's every step changes of what is said about it (threats: I4, O04)."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.planning import announce_end, plan, take_back

LEFT = (Outgoing.State.SENDING, Outgoing.State.SENT, Outgoing.State.DELIVERED, Outgoing.State.UNCERTAIN)


def followed(appointment: Appointment, did: str, at: datetime) -> None:
    """Called in the transaction of the step; the messages of earlier rounds are taken back first."""
    if did == "confirmed":
        return
    if did != "booked":
        take_back(appointment, reason=_("Le rendez-vous a changé."), at=at)
    if did in ("booked", "moved"):
        plan(appointment, confirms=True, at=at)
    elif did == "changed" or (did == "undone" and appointment.is_expected):
        plan(appointment, confirms=_was_told_off(appointment), at=at)
    elif did == "cancelled_service" and _was_told(appointment):
        announce_end(appointment, at=at)


def _was_told(appointment: Appointment) -> bool:
    """Whether the person knows of the date: what was taken back in ten seconds, she never heard of.

    Who could not be written to was told by voice.
    """
    said = Reminder.objects.filter(appointment=appointment)
    return not said.exists() or said.filter(outgoing__state__in=LEFT).exists()


def _was_told_off(appointment: Appointment) -> bool:
    """Whether the person read that it was cancelled: she must read that it holds again."""
    said = Reminder.objects.filter(appointment=appointment, purpose=Reminder.Purpose.CANCELLATION)
    return said.filter(outgoing__state__in=LEFT).exists()
