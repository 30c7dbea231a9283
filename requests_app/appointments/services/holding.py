"""Keep a slot for ten minutes while somebody fills a form, then give it up or book it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import chain

from django.db import connection, transaction

from requests_app.accounts.models import User
from requests_app.appointments.errors import HoldLost, InThePast, NotHere, SlotTaken
from requests_app.appointments.models import HELD_FOR, Appointment, Hold, resources
from requests_app.appointments.services.checking import Wish, free_place, works_at
from requests_app.tickets.models import Ticket

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(one, 0)) FROM unnest(%s::text[]) AS one"
MAX_PURGED = 1000
KEPT = timedelta(days=1)  # long enough to see what was held yesterday


@transaction.atomic
def hold(*, wish: Wish, ticket: Ticket | None = None, by: User | None = None, at: datetime) -> Hold:
    """Hold a slot, the only one of its ticket; raises InThePast, NotHere, SlotTaken."""
    if wish.starts_at <= at:
        raise InThePast
    if not works_at(wish.agent, wish.maison.pk):
        raise NotHere
    held = Hold(ticket=ticket, by=by, expires_at=at + HELD_FOR, changed_at=at, **wish.place)
    if ticket:
        _release_others(ticket, held)
    with free_place(held):
        held.save(force_insert=True)
    return held


def release(*, held: Hold) -> bool:
    """Give a slot up; False when it had ended already."""
    return bool(Hold.objects.filter(pk=held.pk).delete()[0])


@contextmanager
def from_hold(held: Hold | None, appointment: Appointment) -> Iterator[None]:
    """Give the slot of a hold to the appointment, in the caller's transaction; raises HoldLost.

    One that expired still counts while nobody booked over it. The locks of both are taken first, in the
    order of every booking: somebody who books over it waits for this one, or this one for them.
    """
    if held is None:
        yield
        return
    _lock(held, appointment)
    is_lost = not release(held=held)
    try:
        yield
    except SlotTaken as error:
        raise (HoldLost if is_lost else error) from error


def _release_others(ticket: Ticket, held: Hold) -> None:
    others = list(Hold.objects.filter(ticket=ticket))
    _lock(held, *others)
    Hold.objects.filter(pk__in=[other.pk for other in others]).delete()


def _lock(*taken: Hold | Appointment) -> None:
    names = (resources(each.agent_id, each.maison_id, each.room, each.interpreter_id) for each in taken)
    lock_names(set(chain.from_iterable(names)))


def lock_names(names: Collection[str]) -> None:
    """Take locks until the end of the transaction, in the order of their names."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [sorted(names)])


@transaction.atomic
def purge_expired_holds(*, at: datetime) -> None:
    """Delete the holds that nobody booked over; a booking under way does it for its own."""
    old = Hold.objects.expired(at).filter(changed_at__lte=at - KEPT)
    locked = old.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    Hold.objects.filter(pk__in=list(locked.values_list("pk", flat=True)[:MAX_PURGED])).delete()
