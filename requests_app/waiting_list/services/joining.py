"""Put somebody on a waiting list, and remove them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.models import AppointmentType
from requests_app.appointments.services.checking import require_reader, require_right
from requests_app.maisons.models import Maison
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel_all
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.moves import require_open
from requests_app.waiting_list.errors import AlreadyWaiting, CannotBeTold, ListedTooOften, WrongDays
from requests_app.waiting_list.models import Offer, Place
from requests_app.waiting_list.models.places import PlaceQuerySet
from requests_app.waiting_list.ways import short_ways

Outcome, Ending = Offer.Outcome, Place.Ending
MISTAKE = timedelta(minutes=1)
MAX_AT_NUMBER = 3  # a household that shares a telephone


@transaction.atomic
def join(
    *,
    ticket: Ticket,
    type: AppointmentType,
    maison: Maison,
    earliest: date | None = None,
    latest: date | None = None,
    by: User | None,
    at: datetime,
) -> Place:
    """Put a ticket's person on the list; raises NotAllowed, AlreadyClosed, and the refusals of this room."""
    require_open(ticket)
    if by:
        require_right(ticket, maison.pk, by)
    if earliest and latest and latest < earliest:
        raise WrongDays
    ways = short_ways([ticket])[ticket.pk]
    if not ways:
        raise CannotBeTold
    if by is None:
        _require_room(ticket, ways[0].point.value, Place.objects.open().filter(type=type, maison=maison))
    place = Place(ticket=ticket, type=type, maison=maison, since=at, asked_by=by)
    place.earliest, place.latest = earliest, latest
    with _refuse_twice():
        place.save(force_insert=True)
    return place


def _require_room(ticket: Ticket, number: str, listed: PlaceQuerySet) -> None:
    """Refuse a second place of one person, or a fourth of one telephone: links would fill the list."""
    if listed.filter(ticket__person=ticket.person_id).exists():
        raise AlreadyWaiting
    theirs = ContactPoint.objects.at(ContactPoint.Kind.PHONE, number)
    if listed.filter(ticket__person__in=theirs.values("person")).count() >= MAX_AT_NUMBER:
        raise ListedTooOften


def take_back(*, place: Place, by: User | None, at: datetime) -> bool:
    """Undo a place just taken: a mistake is no wait, unless a date was offered meanwhile."""
    is_mistake = not place.offers.exists() and at - place.since <= MISTAKE
    return leave(place=place, why=Ending.UNDONE if is_mistake else Ending.LEFT, by=by, at=at)


@transaction.atomic
def restore(*, place: Place, by: User | None) -> bool:
    """Undo a leaving: the rank stays; False when there is nothing to undo. Raises AlreadyWaiting."""
    if by:
        require_reader(place.ticket, by)
    left = Place.objects.filter(pk=place.pk, ended_why=Ending.LEFT)
    with _refuse_twice():
        return bool(left.update(ended_at=None, ended_why="", ended_by=None))


@contextmanager
def _refuse_twice() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise AlreadyWaiting from error


@transaction.atomic
def leave(*, place: Place, why: str = Ending.LEFT, by: User | None = None, at: datetime) -> bool:
    """Remove somebody from the list, with what was offered to them; False when they had left already."""
    if by:
        require_reader(place.ticket, by)
    if not Place.objects.open().filter(pk=place.pk).update(ended_at=at, ended_why=why, ended_by=by):
        return False
    pending = Offer.objects.pending().filter(place=place)
    waiting = Outgoing.objects.filter(waiting_offer__in=list(pending.values_list("pk", flat=True)))
    cancel_all(waiting, reason=_("La personne a quitté la liste d’attente."), at=at)
    pending.update(outcome=Outcome.DECLINED, answered_at=at)
    return True
