"""Put somebody on a waiting list, and take them off it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.models import AppointmentType
from requests_app.appointments.services.checking import require_right
from requests_app.maisons.models import Maison
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel_all
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.moves import require_open
from requests_app.waiting_list.errors import AlreadyWaiting, CannotBeTold, WrongDays
from requests_app.waiting_list.models import Offer, Place
from requests_app.waiting_list.ways import short_ways

Outcome = Offer.Outcome


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
    if not short_ways([ticket])[ticket.pk]:
        raise CannotBeTold
    place = Place(ticket=ticket, type=type, maison=maison, since=at, asked_by=by)
    place.earliest, place.latest = earliest, latest
    try:
        with transaction.atomic():
            place.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyWaiting from error
    return place


@transaction.atomic
def leave(*, place: Place, why: str = Place.Ending.LEFT, at: datetime) -> bool:
    """Take somebody off the list, with what was offered to them; False when they had left already."""
    if not Place.objects.open().filter(pk=place.pk).update(ended_at=at, ended_why=why):
        return False
    pending = Offer.objects.pending().filter(place=place)
    waiting = Outgoing.objects.filter(waiting_offer__in=list(pending.values_list("pk", flat=True)))
    cancel_all(waiting, reason=_("La personne a quitté la liste d’attente."), at=at)
    pending.update(outcome=Outcome.DECLINED, answered_at=at)
    return True
