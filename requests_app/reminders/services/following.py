"""What an appointment's every step changes of what is said about it (threats: I4, O04)."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.planning import announce_end, plan, take_back
from requests_app.reminders.services.saying import UNDO, stamp

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
    elif did == "cancelled_service" and _was_told(appointment, at):
        announce_end(appointment, at=at)


def _was_told(appointment: Appointment, at: datetime) -> bool:
    """Whether the person may know of the date: what was taken back in ten seconds, they never heard of.

    Who could not be written to was told by voice, and so perhaps was who should have been: an agent is asked
    to call when a limit holds a message.
    """
    said = Reminder.objects.filter(appointment=appointment)
    may_be_known = Q(outgoing__state__in=LEFT) | Q(outgoing__created_at__lte=at - UNDO)
    return not said.exists() or said.filter(may_be_known).exists()


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
