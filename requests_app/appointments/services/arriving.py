"""« Je suis là », typed at the entrance by the person: what is noted, and what a stranger may learn of it.

A reference is random and known to its holder: its answer is exact. Half the town knows a mobile number: its
answer is one, whether or not somebody is expected.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import EXPECTED
from requests_app.appointments.services.turning import note_came
from requests_app.lib import phones
from requests_app.outbox import windows
from requests_app.people.models import ContactPoint
from requests_app.tickets import references
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket

LATE = timedelta(hours=1)  # after the end: the agent sees the hours, nobody is refused


class Answer(StrEnum):
    """What the person reads; the values stand in the address of the page that says it."""

    CALLED = "appel"
    DESK = "accueil"
    PERHAPS = "merci"


class Unreadable(Refused):
    """Neither a reference nor a telephone number."""


def say_arrived(*, typed: str, maison_id: int, at: datetime) -> Answer:
    """Note the arrival to today's one appointment here; twice is once. Raises Unreadable."""
    if reference := references.normalise(typed):
        return _answer(_note_only(_appointments_of(reference), maison_id, at))
    number = "" if any(map(str.isalpha, typed)) else phones.e164(typed)  # a name spells a number on a keypad
    if not number:
        raise Unreadable
    theirs = ContactPoint.objects.at(ContactPoint.Kind.PHONE, number).values("person")
    _note_only(Appointment.objects.filter(ticket__person__in=theirs), maison_id, at)
    return Answer.PERHAPS


def _answer(found: Appointment | None) -> Answer:
    """Say nothing of a protected ticket: its arrival is noted, and the desk speaks to the person."""
    is_shown = found is not None and not (found.ticket.is_sensitive or found.ticket.is_in_danger)
    return Answer.CALLED if is_shown else Answer.DESK


def _appointments_of(reference: str) -> QuerySet[Appointment]:
    """Find the appointments of a ticket and of those merged with it, for the same person."""
    ticket = Ticket.objects.filter(reference=reference).first()
    if ticket is None:
        return Appointment.objects.none()
    ids = [ticket.pk, *filter(None, [ticket.merged_into_id])]
    family = Q(ticket__in=ids) | Q(ticket__merged_into__in=ids)
    same = Q(ticket__person=ticket.person_id) if ticket.person_id else Q(ticket=ticket)
    return Appointment.objects.filter(family & same)


def _note_only(rows: QuerySet[Appointment], maison_id: int, at: datetime) -> Appointment | None:
    """Note the arrival if there is one appointment to arrive to; return it, also when it was noted before."""
    start, end = windows.day_of(at)
    today = rows.filter(maison_id=maison_id, starts_at__gte=start, starts_at__lt=end, ends_at__gt=at - LATE)
    near = today.filter(state__in=[*EXPECTED, Appointment.State.CAME]).select_related("ticket")
    found = list(near.order_by("starts_at", "pk")[:3])
    if came := next((row for row in found if row.came_at), None):
        return came
    if len(found) != 1:
        return None
    try:
        note_came(appointment=found[0], by=None, at=at)
    except Refused:  # called off, or noted, at the same moment: the desk knows
        return None
    return found[0]
