"""The counter's queue: arrived, called, received or absent; the state changes by conditional update."""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Touchpoint
from requests_app.visits.models import Visit

State = Visit.State


@transaction.atomic
def arrive(*, touchpoint: Touchpoint, maison_id: int, at: datetime) -> Visit:
    """Add a visitor to the queue with the day's next number; days change at midnight in Paris."""
    day = day_of(at)
    with connection.cursor() as cursor:  # numbers are consecutive even when two desks save at once
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [maison_id, day.toordinal()])
    last = Visit.objects.filter(maison_id=maison_id, day=day).aggregate(last=Max("number"))["last"]
    return Visit.objects.create(
        touchpoint=touchpoint, maison_id=maison_id, day=day, number=(last or 0) + 1, arrived_at=at
    )


def call(*, visit: Visit, by: User, at: datetime) -> None:
    """Call somebody who waits, or call again somebody who did not hear."""
    _move(visit, {State.WAITING, State.CALLED}, state=State.CALLED, called_at=at, called_by=by)


def call_next(*, maison_id: int, by: User, at: datetime) -> Visit | None:
    """Call who has waited longest; None when nobody waits. Two desks never call the same person."""
    with transaction.atomic():
        waiting = Visit.objects.filter(maison_id=maison_id, day=day_of(at), state=State.WAITING)
        visit = waiting.select_for_update(skip_locked=True).order_by("number").first()
        if visit:
            call(visit=visit, by=by, at=at)
    return visit


def end(*, visit: Visit, state: str, at: datetime) -> None:
    """Note that the person was received, or was not there."""
    if state not in {State.RECEIVED, State.ABSENT}:
        raise Refused(_("Choisissez « Reçu » ou « Absent »."))
    _move(visit, {State.WAITING, State.CALLED}, state=state, ended_at=at)


def put_back(*, visit: Visit) -> None:
    """Undo the last step: one called waits again at the same place, one who ended is called again."""
    if visit.state == State.CALLED:
        _move(visit, {State.CALLED}, state=State.WAITING, called_at=None, called_by=None)
        return
    before = State.CALLED if visit.called_at else State.WAITING
    _move(visit, {State.RECEIVED, State.ABSENT}, state=before, ended_at=None)


def day_of(at: datetime) -> date:
    """Return the counter's day at an instant."""
    return at.astimezone(PARIS).date()


def _move(visit: Visit, from_states: set[State], **changes: object) -> None:
    if not Visit.objects.filter(pk=visit.pk, state__in=from_states).update(**changes):
        raise Refused(_("Un collègue s’est déjà occupé de cette personne."))
    visit.refresh_from_db()
