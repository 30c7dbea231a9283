"""End the waits that are over, offer what is free; safe beside other sweeps, and again after a crash."""

from datetime import datetime

from django.db.models import Q

from requests_app.people.models import ContactChoice, ContactPoint
from requests_app.waiting_list.models import FreedSlot, Place
from requests_app.waiting_list.services.choosing import ended
from requests_app.waiting_list.services.joining import leave
from requests_app.waiting_list.services.offering import offer_next
from requests_app.waiting_list.ways import short_ways

MAX_ROWS = 500  # per pass, a minute before the next one


def sweep(*, at: datetime) -> int:
    """Return how many persons were asked."""
    end_waits(at=at)
    slots = list(FreedSlot.objects.open().order_by("starts_at", "pk").values_list("pk", flat=True)[:MAX_ROWS])
    return sum(offer_next(pk, at=at) for pk in slots)


def end_waits(*, at: datetime) -> None:
    """Take off the list whose ticket is closed, and who said STOP at the only numbers they have."""
    for place in Place.objects.open().filter(ended()).order_by("pk")[:MAX_ROWS]:
        leave(place=place, why=Place.Ending.CLOSED, at=at)
    for place in _stopped(at):
        leave(place=place, why=Place.Ending.STOPPED, at=at)


def _stopped(at: datetime) -> list[Place]:
    refused = ContactChoice.objects.filter(
        kind=ContactPoint.Kind.PHONE, use=ContactPoint.Use.REMINDER, is_allowed=False
    )
    numbers = Q(ticket__person__contact_points__value__in=refused.values("value"))
    rows = Place.objects.open().filter(numbers).select_related("ticket__person").distinct()
    places = list(rows.order_by("pk")[:MAX_ROWS])
    ways = short_ways([place.ticket for place in places]) if places else {}
    return [place for place in places if not ways[place.ticket.pk]]
