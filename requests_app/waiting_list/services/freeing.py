"""An appointment that is cancelled or moved leaves an hour to offer."""

from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.models import Appointment
from requests_app.appointments.places import restore
from requests_app.tickets.models.event_data import AppointmentAct as Act
from requests_app.waiting_list.models import FreedSlot
from requests_app.waiting_list.services.rounds import makes_round

CANCELLED = (Act.CANCELLED_BY_PERSON, Act.CANCELLED_BY_SERVICE)


def on_appointment_changed(change: AppointmentChange) -> None:
    """Note the hour it leaves, in the transaction of the change, when it makes a round."""
    left = _left_by(change)
    if left is None:
        return
    slot = _slot(left, change)
    if slot.last_call > change.at and makes_round(left, change):
        FreedSlot.objects.bulk_create([slot], ignore_conflicts=True)


def _left_by(change: AppointmentChange) -> Appointment | None:
    """Return the appointment as it was at the hour that it leaves."""
    appointment = change.appointment
    if change.did in CANCELLED:
        return appointment
    if change.did in (Act.MOVED, Act.CHANGED) and appointment.moved_from:
        return Appointment(**restore(appointment.moved_from))
    return None


def _slot(left: Appointment, change: AppointmentChange) -> FreedSlot:
    return FreedSlot(
        type_id=left.type_id,
        maison_id=left.maison_id,
        agent_id=left.agent_id,
        room=left.room,
        starts_at=left.starts_at,
        freed_at=change.at,
        by_service=change.did == Act.CANCELLED_BY_SERVICE,
    )
