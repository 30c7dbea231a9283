"""The first « OUI » takes the hour, by the constraint of the database; the others are told so."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment, Interpreter
from requests_app.channels.outbound import Reply
from requests_app.channels.ways_out import compose
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.slots.computing.wall_clock import day_of
from requests_app.slots.interpreting import Interpretation, interpretation_for, minutes_for
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.many import AutomaticMessage, plan_messages
from requests_app.tickets.selectors.family import acted_as, family_of
from requests_app.waiting_list.models import FreedSlot, Offer, Place
from requests_app.waiting_list.services.choosing import present_appointment
from requests_app.waiting_list.services.joining import leave
from requests_app.waiting_list.services.offering import end
from requests_app.waiting_list.still_free import interpreter_at, is_still_free
from requests_app.waiting_list.texts import taken_text

Outcome = Offer.Outcome


@transaction.atomic
def accept(*, offer: Offer, at: datetime) -> bool:
    """Give them the hour when it is still free, else tell them that it is taken; False when it is."""
    slot = FreedSlot.objects.select_for_update(of=("self",)).get(pk=offer.slot_id)
    offer.refresh_from_db(fields=["outcome"])
    if offer.outcome == Outcome.ACCEPTED:
        return True
    place = offer.place
    place.ticket = acted_as(place.ticket)
    if not _give(slot, place, at):
        Offer.objects.filter(pk=offer.pk).update(outcome=Outcome.TAKEN, answered_at=at)
        _tell_taken(offer, at)
        return False
    Offer.objects.filter(pk=offer.pk).update(outcome=Outcome.ACCEPTED, answered_at=at)
    for each in _same_waits(place):
        leave(place=each, why=Place.Ending.BOOKED, at=at)
    return True


@transaction.atomic
def decline(*, offer: Offer, at: datetime) -> None:
    """Note that they do not want it; they stay on the list and keep their date."""
    Offer.objects.pending().filter(pk=offer.pk).update(outcome=Outcome.DECLINED, answered_at=at)


def _same_waits(place: Place) -> list[Place]:
    """List the places that the tickets merged with this one hold for the same: one date is enough."""
    theirs = Place.objects.open().filter(type=place.type_id, maison=place.maison_id)
    same = Q(pk=place.pk) | Q(ticket__in=family_of(place.ticket), ticket__person=place.ticket.person_id)
    return list(theirs.filter(same).order_by("pk"))


def _give(slot: FreedSlot, place: Place, at: datetime) -> bool:
    """Book it, or move their present date there; False when it is no longer to be had."""
    interpretation = interpretation_for(place.ticket.person)
    is_open = slot.state == FreedSlot.State.OPEN and at < slot.last_call
    if not is_open or not is_still_free(slot, at, interpretation=interpretation):
        return False
    present = present_appointment(place, at)
    if present and present.starts_at <= slot.starts_at:
        return False
    gained = (day_of(present.starts_at) - day_of(slot.starts_at)).days if present else None
    try:
        with transaction.atomic():
            _book(_wish(slot, interpretation, at), place, present, at)
    except Refused:
        return False
    end(slot, FreedSlot.State.REFILLED, at=at, days_gained=gained)
    return True


def _wish(slot: FreedSlot, interpretation: Interpretation | None, at: datetime) -> appointments.Wish:
    speaker = interpreter_at(slot, interpretation, at)
    return appointments.Wish(
        type=slot.type,
        maison=slot.maison,
        agent=slot.agent,
        starts_at=slot.starts_at,
        room=slot.room,
        is_offered=True,
        minutes=minutes_for(slot.type, interpretation),
        interpreter=Interpreter.objects.filter(pk=speaker).first() if speaker else None,
    )


def _book(wish: appointments.Wish, place: Place, present: Appointment | None, at: datetime) -> None:
    if present:
        appointments.move(appointment=present, wish=wish, by=None, at=at)
    else:
        appointments.book(ticket=place.ticket, wish=wish, by=None, at=at)


def _tell_taken(offer: Offer, at: datetime) -> None:
    """Answer by the way the offer went; once, whatever they write again."""
    asked, ticket = offer.outgoing, offer.place.ticket
    language = ticket.language or (ticket.person.language if ticket.person else "")
    has_date = present_appointment(offer.place, at) is not None
    reply = Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=dict,
        brief=lambda: [taken_text(has_date=has_date, language=language)],
    )
    message = Message(
        key=f"offer-taken:{offer.pk}",
        kind=Outgoing.Kind.NOTICE,
        channel=asked.channel,
        recipient=asked.recipient,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=asked.contact_point,
        payload=compose(asked.channel, reply).content,
    )
    plan_messages([AutomaticMessage(ticket, message)], at=at)
