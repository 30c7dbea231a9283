"""What other software is told of an appointment (requests_app/events)."""

from datetime import datetime

from requests_app.appointments.models import Appointment
from requests_app.events.models import Kind
from requests_app.events.services import Fact, record
from requests_app.tickets.models import Ticket

# What is undone stands again: it is booked. Another agent or room, or a « oui », moves nothing.
KINDS = {
    "booked": Kind.APPOINTMENT_BOOKED,
    "moved": Kind.APPOINTMENT_MOVED,
    "unmoved": Kind.APPOINTMENT_MOVED,
    "cancelled_person": Kind.APPOINTMENT_CANCELLED,
    "cancelled_service": Kind.APPOINTMENT_CANCELLED,
    "came": Kind.APPOINTMENT_HELD,
    "absent": Kind.APPOINTMENT_MISSED,
    "excused": Kind.APPOINTMENT_MISSED,
    "undone": Kind.APPOINTMENT_BOOKED,
}


def record_fact(appointment: Appointment, did: str, at: datetime) -> None:
    """Tell it, at the Maison that receives the person and at that of the ticket."""
    if did not in KINDS:
        return
    columns = ("reference", "person_id", "maison_id", "topic_id", "proposed_topic_id", "is_sensitive")
    ticket = Ticket.objects.only(*columns).get(pk=appointment.ticket_id)
    fact = Fact(
        kind=KINDS[did],
        ticket=ticket.reference,
        person=ticket.person_id,
        appointment=appointment.pk,
        maison=appointment.maison_id,
        also=(ticket.maison_id,) if ticket.maison_id else (),
        topic=ticket.topic_id or ticket.proposed_topic_id,
        is_sensitive=ticket.is_sensitive,
    )
    record([fact], at=at)
