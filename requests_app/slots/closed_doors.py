"""An appointment that a closure or an absence noted later has made impossible: nobody is sent to it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.slots.computing.wall_clock import to_wall
from requests_app.slots.meetings import meets
from requests_app.slots.models import Absence, Closure
from requests_app.tickets import todos
from requests_app.tickets.models import ToDo


def why_closed(appointment: Appointment) -> str:
    """Say that the door is closed or the agent away; "" too when somebody wrote why they receive anyway.

    Two statements. The reason of an absence stays with the agent.
    """
    if appointment.outside_reason:
        return ""
    first, last = to_wall(appointment.starts_at).date(), to_wall(appointment.ends_at).date()
    closures = Closure.objects.standing().filter(maison=appointment.maison_id)
    if any(meets(row, appointment) for row in closures.filter(starts_on__lte=last, ends_on__gte=first)):
        return _("Le lieu est fermé à cette heure : le rendez-vous est à déplacer.")
    absences = Absence.objects.filter(agent=appointment.agent_id).around(first, last)
    if any(meets(row, appointment) for row in absences):
        return _("L’agent est absent à cette heure : le rendez-vous est à déplacer.")
    return ""


def ask_to_move(appointments: Sequence[Appointment], *, at: datetime) -> None:
    """Ask for each to be moved or cancelled; four statements, however many."""
    todos.ask_all([_task(each, at) for each in appointments if not each.outside_reason])


def drop_when_open(appointments: Sequence[Appointment], *, at: datetime) -> None:
    """Drop what was asked about those that can take place again."""
    for each in appointments:
        if not why_closed(each):
            todos.drop(key=_key(each), at=at)


def on_appointment_changed(change: AppointmentChange) -> None:
    """Drop what was asked once it is moved or cancelled; ask again when an undo brings it back."""
    appointment = change.appointment
    if appointment.is_expected and why_closed(appointment):
        ask_to_move([appointment], at=change.at)
    else:
        todos.drop(key=_key(appointment), at=change.at)


def _task(appointment: Appointment, at: datetime) -> ToDo:
    when = french.moment(appointment.starts_at)
    return ToDo(
        ticket=appointment.ticket,
        kind=ToDo.Kind.APPOINTMENT,
        text=_("Rendez-vous du %(when)s : personne ne pourra recevoir. Déplacez-le.") % {"when": when},
        key=_key(appointment),
        due_at=appointment.starts_at,
        created_at=at,
    )


def _key(appointment: Appointment) -> str:
    return f"closed-door:appointment-{appointment.pk}"
