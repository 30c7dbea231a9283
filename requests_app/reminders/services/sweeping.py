"""Plan what has no plan, find another channel for what did not arrive; safe beside other sweeps (O05)."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q, QuerySet

from requests_app.outbox.models import Outgoing
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.batches import plan_missing
from requests_app.reminders.services.planning import ask_to_call
from requests_app.reminders.services.preflight import ENDED_BY
from requests_app.reminders.services.saying import AppointmentMessage, old_date_in, tell
from requests_app.reminders.ways import ContactMethod, ways_to

State = Outgoing.State
READ = ("appointment__ticket", "appointment__maison__commune", "appointment__type", "outgoing")
MAX_ROWS = 500  # per pass, a minute before the next one
LOOKS_BACK = timedelta(days=3)  # older failures have been seen by somebody


def sweep(*, at: datetime) -> int:
    """Plan what has no plan, retry failures elsewhere; return how many. Delivery sends what is due."""
    stopped = list(_find_undelivered(at).values_list("pk", flat=True)[:MAX_ROWS])
    return plan_missing(at=at) + sum(_follow(pk, at) for pk in stopped)


def _find_undelivered(at: datetime) -> QuerySet[Reminder]:
    """Select messages that never arrived about a date that still holds, or about its end."""
    holds = Q(appointment__state__in=["booked", "confirmed"]) & ~Q(purpose__in=Reminder.ENDS)
    ended = [Q(purpose=purpose, appointment__state=state) for purpose, state in ENDED_BY.items()]
    return Reminder.objects.filter(
        reduce(or_, ended, holds),
        followed_at=None,
        outgoing__state__in=Outgoing.NOT_RECEIVED,
        outgoing__ended_at__gt=at - LOOKS_BACK,
        appointment__starts_at__gt=at,
        appointment__round=F("round"),
    ).order_by("pk")


def _follow(pk: int, at: datetime) -> bool:
    """Find a channel not tried for this; when there is none, ask an agent to call."""
    with transaction.atomic():
        rows = _find_undelivered(at).filter(pk=pk).select_for_update(skip_locked=True, of=("self",))
        reminder = rows.select_related(*READ).first()
        if reminder is None:
            return False
        Reminder.objects.filter(pk=pk).update(followed_at=at)
        if way := _other_way(reminder):
            days, old = reminder.days_before, old_date_in(reminder.outgoing)
            tell(
                [AppointmentMessage(reminder.appointment, reminder.purpose, way, days, instead_of=old)], at=at
            )
        else:
            old, why = old_date_in(reminder.outgoing), reminder.outgoing.reason
            ask_to_call([reminder.appointment], why, instead_of=old, at=at)
    return True


def _other_way(reminder: Reminder) -> ContactMethod | None:
    """Return the best channel not tried yet for this message."""
    same = Reminder.objects.filter(
        appointment=reminder.appointment_id,
        round=reminder.round,
        purpose=reminder.purpose,
        days_before=reminder.days_before,
    )
    tried = set(same.values_list("outgoing__recipient", flat=True))
    ways = ways_to(reminder.appointment.ticket)
    return next((way for way in ways if way.point.value not in tried), None)
