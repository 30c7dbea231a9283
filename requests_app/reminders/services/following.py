"""How each change of an appointment changes its messages (threats: I4, O04)."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.models import Appointment
from requests_app.appointments.places import restore
from requests_app.outbox.models import Outgoing
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.planning import announce_end, cancel_in_calendar, cancel_messages, plan
from requests_app.reminders.services.replies import ask_to_review, drop_review
from requests_app.reminders.services.saying import UNDO, date_in, stamp
from requests_app.tickets.models.event_data import AppointmentAct as Act


def on_appointment_changed(change: AppointmentChange) -> None:
    """Replan in the transaction of the change; messages of earlier rounds are cancelled first."""
    appointment, did, at = change.appointment, change.did, change.at
    if did != Act.BOOKED:
        drop_review(appointment, at=at)
    if did == Act.CONFIRMED:
        return
    if did != Act.BOOKED:
        cancel_messages(appointment, reason=_("Le rendez-vous a changé."), at=at)
    if did == Act.BOOKED:
        plan(appointment, confirms=True, at=at)
    elif did in (Act.MOVED, Act.CHANGED, Act.UNMOVED) or (did == Act.UNDONE and appointment.is_expected):
        confirms = did == Act.MOVED or not _knows(appointment, did)
        plan(appointment, confirms=confirms, instead_of=known_date(appointment, at), at=at)
    elif did == Act.CANCELLED_BY_PERSON:
        if appointment.replied_at == at:  # by their own hand: nobody knows yet
            ask_to_review(appointment, at=at)
        cancel_in_calendar(appointment, at=at)
    elif did == Act.CANCELLED_BY_SERVICE and _was_told(appointment, at):
        announce_end(appointment, at=at)


def _was_told(appointment: Appointment, at: datetime) -> bool:
    """Tell whether the person may know the date; messages undone within ten seconds never reached them.

    Where nothing could be sent they were told by voice, and perhaps also where a limit held the message:
    an agent was asked to call.
    """
    said = Reminder.objects.filter(appointment=appointment)
    may_be_known = Q(outgoing__state__in=Outgoing.LEFT) | Q(outgoing__created_at__lte=at - UNDO)
    return not said.exists() or said.filter(may_be_known).exists()


def _knows(appointment: Appointment, did: Act) -> bool:
    """Tell whether this date is the last thing they were told: otherwise it is said, perhaps again.

    What waited for ten seconds has just been cancelled, and never reached them.
    """
    said = Reminder.objects.filter(appointment=appointment, outgoing__state__in=Outgoing.LEFT)
    last = said.order_by("-pk").values_list("purpose", "outgoing__key", "round").first()
    if last is None:
        return False
    purpose, key, round_ = last
    is_other = did == Act.UNMOVED and round_ == appointment.round - 1
    return purpose not in Reminder.ENDS and not is_other and stamp(appointment) in key


def known_date(appointment: Appointment, at: datetime) -> datetime | None:
    """Return another date that the person was last told, or may have been; None without one."""
    said = Reminder.objects.filter(appointment=appointment)
    may_be_known = Q(outgoing__state__in=Outgoing.LEFT) | Q(outgoing__created_at__lte=at - UNDO)
    last = said.filter(may_be_known).order_by("-pk").values_list("purpose", "outgoing__key").first()
    if last is None:
        return _date_by_voice(appointment, at) if not said.exists() else None
    date = None if last[0] in Reminder.ENDS else date_in(last[1])
    return date if date != appointment.starts_at else None


def _date_by_voice(appointment: Appointment, at: datetime) -> datetime | None:
    """Return the date an agent gave by voice to a person we cannot write to."""
    before = restore(appointment.moved_from) if appointment.moved_from else None
    is_other = before is not None and before["starts_at"] != appointment.starts_at
    return before["starts_at"] if before and is_other and at - before["dated_at"] >= UNDO else None
