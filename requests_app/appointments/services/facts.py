"""What other software is told of an appointment (requests_app/events)."""

from requests_app.appointments.changes import AppointmentChange
from requests_app.events.models import Kind
from requests_app.events.services import Fact, record
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.event_data import AppointmentAct as Act

# What is undone stands again: it is booked. Another agent or room, or a « oui », moves nothing.
KINDS = {
    Act.BOOKED: Kind.APPOINTMENT_BOOKED,
    Act.MOVED: Kind.APPOINTMENT_MOVED,
    Act.UNMOVED: Kind.APPOINTMENT_MOVED,
    Act.CANCELLED_BY_PERSON: Kind.APPOINTMENT_CANCELLED,
    Act.CANCELLED_BY_SERVICE: Kind.APPOINTMENT_CANCELLED,
    Act.CAME: Kind.APPOINTMENT_HELD,
    Act.ABSENT: Kind.APPOINTMENT_MISSED,
    Act.EXCUSED: Kind.APPOINTMENT_MISSED,
    Act.UNDONE: Kind.APPOINTMENT_BOOKED,
}


def record_fact(change: AppointmentChange) -> None:
    """Tell it, at the Maison that receives the person and at that of the ticket."""
    if change.did not in KINDS:
        return
    appointment = change.appointment
    columns = ("reference", "person_id", "maison_id", "topic_id", "proposed_topic_id", "is_sensitive")
    ticket = Ticket.objects.only(*columns).get(pk=appointment.ticket_id)
    fact = Fact(
        kind=KINDS[change.did],
        ticket=ticket.reference,
        person=ticket.person_id,
        appointment=appointment.pk,
        maison=appointment.maison_id,
        also=(ticket.maison_id,) if ticket.maison_id else (),
        topic=ticket.topic_id or ticket.proposed_topic_id,
        is_sensitive=ticket.is_sensitive,
    )
    record([fact], at=change.at)
