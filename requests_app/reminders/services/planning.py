"""All that must be said of an appointment, planned in the transaction that gave, moved or ended it."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel
from requests_app.reminders.models import Planned, Reminder
from requests_app.reminders.rules import times_of
from requests_app.reminders.services.saying import tell
from requests_app.reminders.ways import ways_to
from requests_app.tickets.models import Task
from requests_app.tickets.services import tasks

Purpose = Reminder.Purpose


def plan(appointment: Appointment, *, confirms: bool, at: datetime) -> None:
    """Plan the confirmation and the reminders of this round; without any way, an agent is asked to call."""
    Planned.objects.update_or_create(appointment=appointment, defaults={"round": appointment.round})
    if appointment.starts_at <= at:
        return
    ways = ways_to(appointment.ticket)
    if not ways:
        ask_to_call(appointment, _("Aucun moyen de lui écrire."), at=at)
        return
    if confirms:
        tell(appointment, Purpose.CONFIRMATION, ways[0], at=at)
    for days, wanted in times_of(appointment).items():
        if wanted > at:
            tell(appointment, Purpose.REMINDER, ways[0], days_before=days, wanted=wanted, at=at)


def announce_end(appointment: Appointment, *, at: datetime) -> None:
    """Tell the person that the service cancelled, by the best way, or ask an agent to call."""
    if appointment.starts_at <= at:
        return
    ways = ways_to(appointment.ticket)
    if ways:
        tell(appointment, Purpose.CANCELLATION, ways[0], at=at)
    else:
        ask_to_call(appointment, _("Le rendez-vous est annulé. Aucun moyen de lui écrire."), at=at)


def take_back(appointment: Appointment, *, reason: str, at: datetime) -> None:
    """Cancel what waits for this appointment, and the call asked for."""
    waiting = Reminder.objects.filter(appointment=appointment, outgoing__state=Outgoing.State.QUEUED)
    for reminder in waiting.select_related("outgoing"):
        cancel(outgoing=reminder.outgoing, reason=reason, at=at)
    for asked_in in (appointment.round - 1, appointment.round):
        tasks.drop(key=call_key(appointment, asked_in), at=at)


def ask_to_call(appointment: Appointment, why: str, *, at: datetime) -> Task:
    """Only a person can tell her now."""
    words = {"when": french.moment(appointment.starts_at), "why": why}
    return tasks.ask(
        ticket=appointment.ticket,
        kind=Task.Kind.CALL,
        text=_("Rendez-vous %(when)s : prévenir la personne. %(why)s") % words,
        key=call_key(appointment, appointment.round),
        due_at=appointment.starts_at,
        at=at,
    )


def call_key(appointment: Appointment, round_: int) -> str:
    return f"call:appointment-{appointment.pk}.{round_}"
