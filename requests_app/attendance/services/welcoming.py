"""« C’est noté »: the answer to « ARRIVÉ » by SMS, one for each date, with the number that will be called."""

from datetime import datetime

from django.db import transaction

from requests_app.appointments.models import Appointment
from requests_app.appointments.services import note_came
from requests_app.attendance.arrival_texts import arrival_text
from requests_app.attendance.services.numbers import note_arrival
from requests_app.channels.outbound import Reply
from requests_app.channels.ways_out import compose, way_to
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.people.models import ContactPoint
from requests_app.tickets.messages.many import AutomaticMessage, plan_messages
from requests_app.tickets.models import Ticket


@transaction.atomic
def welcome(*, appointment: Appointment, number: str, at: datetime) -> None:
    """Note the arrival that the person wrote from ``number``, and answer there; raises Refused."""
    ticket = appointment.ticket
    if ticket.is_sensitive or ticket.is_in_danger:  # the desk speaks to them: no number to read to others
        note_came(appointment=appointment, by=None, at=at)
        _say_noted(appointment, number, called="", at=at)
        return
    visit = note_arrival(appointment=appointment, by=None, at=at)
    _say_noted(appointment, number, called=visit.ticket_number, at=at)


def _say_noted(appointment: Appointment, number: str, *, called: str, at: datetime) -> None:
    """Answer by the channel of that number; the key is the date: a second « ARRIVÉ » is not answered."""
    ticket = appointment.ticket
    point = ContactPoint.objects.at(ContactPoint.Kind.PHONE, number).filter(person=ticket.person_id).first()
    way = way_to(point) if point else None
    if point is None or way is None:
        return
    message = Message(
        key=f"arrived:{appointment.pk}:{appointment.starts_at:%Y%m%dT%H%M}",
        kind=Outgoing.Kind.NOTICE,
        channel=way.key,
        recipient=number,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=point,
        payload=compose(way.key, _reply(ticket, called)).content,
    )
    plan_messages([AutomaticMessage(ticket, message)], at=at)


def _reply(ticket: Ticket, called: str) -> Reply:
    language = ticket.language or (ticket.person.language if ticket.person else "")
    return Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=dict,
        brief=lambda: [arrival_text(called, language=language)],
    )
