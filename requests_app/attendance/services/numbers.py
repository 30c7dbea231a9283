"""The number of whoever came to an appointment: said to them, and called by their agent on the screen."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.models import Appointment
from requests_app.appointments.services import note_came
from requests_app.tickets.errors import Refused
from requests_app.tickets.models.event_data import AppointmentAct as Act
from requests_app.visits import services as visits
from requests_app.visits.models import Visit


@transaction.atomic
def note_arrival(*, appointment: Appointment, by: User | None, at: datetime) -> Visit:
    """Note that the person is there, and give them a number; raises Refused."""
    note_came(appointment=appointment, by=by, at=at)
    return number_of(appointment, at)


def number_of(appointment: Appointment, at: datetime) -> Visit:
    """Return the visit of somebody who came, with their number; a second time it is the same one."""
    return visits.arrive_expected(appointment_id=appointment.pk, maison_id=appointment.maison_id, at=at)


def call(*, appointment: Appointment, by: User, at: datetime) -> Visit:
    """Call their number to the agent's desk, or to the room of the appointment."""
    visit = Visit.objects.filter(appointment=appointment).first()
    if visit is None or appointment.came_at is None:
        raise Refused(_("Cette personne n’a pas de numéro. Appelez-la par son nom."))
    visits.call(visit=visit, room=appointment.room, by=by, at=at)
    return visit


def take_call_back(*, appointment: Appointment, by: User, at: datetime) -> Visit:
    """Undo a call: the number leaves the screen, and waits again."""
    visit = Visit.objects.filter(appointment=appointment, state=Visit.State.CALLED).first()
    if visit is None:
        raise Refused(_("Ce numéro n’est plus appelé."))
    visits.put_back(visit=visit)
    return visit


def on_appointment_changed(change: AppointmentChange) -> None:
    """Take the number of an arrival that is no longer noted out of the waiting room."""
    if change.did == Act.UNDONE and change.appointment.came_at is None:
        visits.leave_expected(appointment_id=change.appointment.pk, at=change.at)
