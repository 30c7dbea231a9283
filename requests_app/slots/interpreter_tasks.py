"""An appointment that needs an interpreter and has none is a task: the need is never dropped in silence."""

from django.utils.translation import gettext as _

from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.slots.interpreting import interpretation_for
from requests_app.tickets import todos
from requests_app.tickets.models import ToDo


def on_appointment_changed(change: AppointmentChange) -> None:
    """Ask an agent to find somebody for the present date; drop it once somebody comes, or nobody does."""
    appointment = change.appointment
    if not appointment.is_expected or appointment.interpreter_id:
        todos.drop(key=_key(appointment), at=change.at)
    elif needed := interpretation_for(appointment.ticket.person):
        todos.drop(key=_key(appointment), at=change.at)
        todos.ask(
            ticket=appointment.ticket,
            kind=ToDo.Kind.APPOINTMENT,
            text=_sentence(appointment, needed.language),
            key=_key(appointment),
            due_at=appointment.starts_at,
            at=change.at,
        )


def _sentence(appointment: Appointment, language: str) -> str:
    words = {"when": french.moment(appointment.starts_at), "language": language}
    if language:
        return _("Rendez-vous du %(when)s : trouver un interprète (%(language)s).") % words
    return _("Rendez-vous du %(when)s : trouver un interprète.") % words


def _key(appointment: Appointment) -> str:
    return f"interpreter:appointment-{appointment.pk}"
