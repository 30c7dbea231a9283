"""End the waits that are over, offer what is free; safe beside other sweeps, and again after a crash."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.appointments.models import Appointment
from requests_app.people.models import ContactChoice, ContactPoint
from requests_app.slots.computing.wall_clock import day_of
from requests_app.waiting_list.models import FreedSlot, Offer, Place
from requests_app.waiting_list.models.freed_slots import TOO_NEAR
from requests_app.waiting_list.services.choosing import match_ended
from requests_app.waiting_list.services.joining import leave
from requests_app.waiting_list.services.offering import offer_next
from requests_app.waiting_list.ways import short_ways

Ending, State = Place.Ending, Appointment.State
HELD = (State.BOOKED, State.CONFIRMED, State.CAME)  # nobody noted otherwise
MAX_ROWS = 500  # per pass, a minute before the next one


def sweep(*, at: datetime) -> int:
    """Return how many persons were asked."""
    end_waits(at=at)
    slots = _slots_to_offer(at).order_by("starts_at", "pk").values_list("pk", flat=True)
    return sum(offer_next(pk, at=at) for pk in list(slots[:MAX_ROWS]))


def _slots_to_offer(at: datetime) -> QuerySet[FreedSlot]:
    """Select those to offer to somebody, those that wait for an answer, and those that end."""
    waiting = Place.objects.open().filter(type=OuterRef("type"), maison=OuterRef("maison"))
    new = waiting.exclude(offers__slot=OuterRef("pk"))
    asked = Offer.objects.pending().filter(slot=OuterRef("pk"))
    is_ending = Q(starts_at__lte=at + TOO_NEAR)
    return FreedSlot.objects.open().filter(Exists(new) | Exists(asked) | is_ending)


def end_waits(*, at: datetime) -> None:
    """Remove from the list those whose wait is over, and who said STOP at the only numbers they have."""
    over = {
        Ending.SEEN: Exists(_had_appointments(at)),
        Ending.PAST: Q(latest__lt=day_of(at)),
        Ending.CLOSED: match_ended(),
    }
    for why, condition in over.items():
        for place in Place.objects.open().filter(condition).order_by("pk")[:MAX_ROWS]:
            leave(place=place, why=why, at=at)
    for place in _find_stopped(at):
        leave(place=place, why=Ending.STOPPED, at=at)


def _had_appointments(at: datetime) -> QuerySet[Appointment]:
    """Select those of the place's ticket and type that took place since; an absence leaves them waiting."""
    ticket, survivor = OuterRef("ticket"), OuterRef("ticket__merged_into")
    theirs = Q(ticket=ticket) | Q(ticket=survivor) | Q(ticket__merged_into=ticket)
    held = Appointment.objects.filter(theirs, type=OuterRef("type"), state__in=HELD)
    return held.filter(starts_at__gt=OuterRef("since"), starts_at__lte=at)


def _find_stopped(at: datetime) -> list[Place]:
    refused = ContactChoice.objects.filter(
        kind=ContactPoint.Kind.PHONE, use=ContactPoint.Use.REMINDER, is_allowed=False
    )
    numbers = Q(ticket__person__contact_points__value__in=refused.values("value"))
    rows = Place.objects.open().filter(numbers).select_related("ticket__person").distinct()
    places = list(rows.order_by("pk")[:MAX_ROWS])
    ways = short_ways([place.ticket for place in places]) if places else {}
    return [place for place in places if not ways[place.ticket.pk]]
