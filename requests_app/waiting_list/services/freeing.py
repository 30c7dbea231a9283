"""An appointment that is cancelled or moved leaves an hour to offer."""

from datetime import datetime

from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.models import Appointment
from requests_app.appointments.places import restore
from requests_app.tickets.models.event_data import AppointmentAct as Act
from requests_app.waiting_list.models import FreedSlot, Place

CANCELLED = (Act.CANCELLED_BY_PERSON, Act.CANCELLED_BY_SERVICE)


def on_appointment_changed(change: AppointmentChange) -> None:
    """Note the hour it leaves, in the transaction of the change, when somebody waits for one like it."""
    left = _left_by(change)
    if left is None or left.last_call <= change.at:
        return
    if Place.objects.open().filter(type=left.type_id, maison=left.maison_id).exists():
        FreedSlot.objects.bulk_create([left], ignore_conflicts=True)


def _left_by(change: AppointmentChange) -> FreedSlot | None:
    appointment, at = change.appointment, change.at
    if change.did in CANCELLED:
        slot = _slot(appointment, at)
        slot.by_service = change.did == Act.CANCELLED_BY_SERVICE
        return slot
    if change.did in (Act.MOVED, Act.CHANGED) and appointment.moved_from:
        return _slot(Appointment(**restore(appointment.moved_from)), at)
    return None


def _slot(appointment: Appointment, at: datetime) -> FreedSlot:
    return FreedSlot(
        type_id=appointment.type_id,
        maison_id=appointment.maison_id,
        agent_id=appointment.agent_id,
        room=appointment.room,
        starts_at=appointment.starts_at,
        freed_at=at,
    )
