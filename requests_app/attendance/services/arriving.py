"""« Je suis là », typed at the entrance by the person: what is noted, and what a stranger may learn of it.

A reference is random and known to its holder: its answer is exact. Half the town knows a mobile number: its
answer is one, whether or not somebody is expected.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import EXPECTED
from requests_app.appointments.services import note_came
from requests_app.attendance.services.numbers import note_arrival, number_of
from requests_app.lib import phones
from requests_app.outbox import windows
from requests_app.people.models import ContactPoint
from requests_app.tickets import references
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.visits.models import Visit

LATE = timedelta(hours=1)  # after the end: the agent sees the hours, nobody is refused


class Answer(StrEnum):
    """What the person reads; the values stand in the address of the page that says it."""

    CALLED = "appel"
    DESK = "accueil"
    PERHAPS = "merci"


@dataclass(frozen=True, slots=True)
class Welcome:
    """What is answered; ``number`` is None for those who get none here."""

    answer: Answer
    number: int | None = None


class Unreadable(Refused):
    """Neither a reference nor a telephone number."""


def say_arrived(*, typed: str, maison_id: int, at: datetime) -> Welcome:
    """Note the arrival to today's one appointment here; twice is once. Raises Unreadable."""
    if reference := references.normalise(typed):
        return _welcome(_find_only(_appointments_of(reference), maison_id, at), at)
    number = "" if any(map(str.isalpha, typed)) else phones.e164(typed)  # a name spells a number on a keypad
    if not number:
        raise Unreadable
    theirs = ContactPoint.objects.at(ContactPoint.Kind.PHONE, number).values("person")
    _note(_find_only(Appointment.objects.filter(ticket__person__in=theirs), maison_id, at), at)
    return Welcome(Answer.PERHAPS)


def _welcome(found: Appointment | None, at: datetime) -> Welcome:
    """Say nothing of a protected ticket: its arrival is noted, and the desk speaks to the person."""
    if found is None:
        return Welcome(Answer.DESK)
    if found.ticket.is_sensitive or found.ticket.is_in_danger:
        _note(found, at)
        return Welcome(Answer.DESK)
    try:
        return Welcome(Answer.CALLED, _arrive(found, at).number)
    except Refused:  # called off, or noted, at the same moment: the desk knows
        return Welcome(Answer.DESK)


def _arrive(found: Appointment, at: datetime) -> Visit:
    """Note the arrival with a number, which somebody noted before without one gets now."""
    return number_of(found, at) if found.came_at else note_arrival(appointment=found, by=None, at=at)


def _note(found: Appointment | None, at: datetime) -> None:
    """Note it without a number: nobody could say it to the person here."""
    if found and not found.came_at:
        with suppress(Refused):
            note_came(appointment=found, by=None, at=at)


def _appointments_of(reference: str) -> QuerySet[Appointment]:
    """Find the appointments of a ticket and of those merged with it, for the same person."""
    ticket = Ticket.objects.filter(reference=reference).first()
    if ticket is None:
        return Appointment.objects.none()
    ids = [ticket.pk, *filter(None, [ticket.merged_into_id])]
    family = Q(ticket__in=ids) | Q(ticket__merged_into__in=ids)
    same = Q(ticket__person=ticket.person_id) if ticket.person_id else Q(ticket=ticket)
    return Appointment.objects.filter(family & same)


def _find_only(rows: QuerySet[Appointment], maison_id: int, at: datetime) -> Appointment | None:
    """Return today's one appointment to arrive to, or that somebody came to; None of several."""
    start, end = windows.day_of(at)
    here = rows.filter(maison_id=maison_id, type__is_by_phone=False)
    today = here.filter(starts_at__gte=start, starts_at__lt=end, ends_at__gt=at - LATE)
    near = today.filter(state__in=[*EXPECTED, Appointment.State.CAME]).select_related("ticket")
    found = list(near.order_by("starts_at", "pk")[:3])
    if came := next((row for row in found if row.came_at), None):
        return came
    return found[0] if len(found) == 1 else None
