"""What an appointment's every step changes of what is said about it (threats: I4, O04)."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.planning import announce_end, plan, take_back
from requests_app.reminders.services.saying import stamp

LEFT = (Outgoing.State.SENDING, Outgoing.State.SENT, Outgoing.State.DELIVERED, Outgoing.State.UNCERTAIN)


def followed(appointment: Appointment, did: str, at: datetime) -> None:
    """Called in the transaction of the step; the messages of earlier rounds are taken back first."""
    if did == "confirmed":
        return
    if did != "booked":
        take_back(appointment, reason=_("Le rendez-vous a changé."), at=at)
    if did in ("booked", "moved"):
        plan(appointment, confirms=True, at=at)
    elif did in ("changed", "unmoved") or (did == "undone" and appointment.is_expected):
        plan(appointment, confirms=not _knows(appointment, did), at=at)
    elif did == "cancelled_service" and _was_told(appointment):
        announce_end(appointment, at=at)


def _was_told(appointment: Appointment) -> bool:
    """Whether the person knows of the date: what was taken back in ten seconds, she never heard of.

    Who could not be written to was told by voice.
    """
    said = Reminder.objects.filter(appointment=appointment)
    return not said.exists() or said.filter(outgoing__state__in=LEFT).exists()


def _knows(appointment: Appointment, did: str) -> bool:
    """Whether the last thing she was told is this date: otherwise it is said, perhaps again.

    What waited for ten seconds has just been taken back, and she never heard of it.
    """
    said = Reminder.objects.filter(appointment=appointment, outgoing__state__in=LEFT)
    last = said.order_by("-pk").values_list("purpose", "outgoing__key", "round").first()
    if last is None:
        return False
    purpose, key, round_ = last
    is_other = did == "unmoved" and round_ == appointment.round - 1
    return purpose != Reminder.Purpose.CANCELLATION and not is_other and stamp(appointment) in key
