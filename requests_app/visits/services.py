"""The counter's queue: arrived, called, received or absent; the state changes by conditional update."""

import re
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Touchpoint
from requests_app.visits.models import AgentDesk, Visit

State = Visit.State
DESK_WORD = re.compile(r"^(bureau|guichet|desk|n°)\s*", re.IGNORECASE)
DESK_NUMBER = re.compile(r"[A-Z]?[0-9]{1,3}|[0-9]{1,3}[A-Z]|[A-Z]")  # never a name: all read it


def arrive(*, touchpoint: Touchpoint, maison_id: int, at: datetime) -> Visit:
    """Add a visitor to the queue with the day's next number; days change at midnight in Paris."""
    return _number(maison_id, at, touchpoint=touchpoint)


@transaction.atomic
def arrive_expected(*, appointment_id: int, maison_id: int, at: datetime) -> Visit:
    """Give a number to somebody who came to their appointment; coming back, they have the same one."""
    day, came = day_of(at), Visit.objects.filter(appointment=appointment_id)
    came.filter(state=State.ABSENT, day=day).update(state=State.WAITING, arrived_at=at, ended_at=None)
    came.exclude(day=day).delete()  # of a date that was moved since
    found = came.first()
    return found or _number(maison_id, at, appointment_id=appointment_id)


def leave_expected(*, appointment_id: int, at: datetime) -> None:
    """Note that the arrival to an appointment was a mistake: nobody calls the number."""
    here = Visit.objects.filter(appointment=appointment_id, state__in=[State.WAITING, State.CALLED])
    here.update(state=State.ABSENT, ended_at=at)


@transaction.atomic
def _number(maison_id: int, at: datetime, **of: Any) -> Visit:
    """Take the day's next number; numbers are consecutive even when two desks save at once."""
    day = day_of(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [maison_id, day.toordinal()])
    last = Visit.objects.filter(maison_id=maison_id, day=day).aggregate(last=Max("number"))["last"]
    return Visit.objects.create(maison_id=maison_id, day=day, number=(last or 0) + 1, arrived_at=at, **of)


def call(*, visit: Visit, room: str = "", by: User, at: datetime) -> None:
    """Call somebody who waits, or call again somebody who did not hear, to the desk of the agent.

    ``room`` is where the appointment is; when its name is a number, it serves an agent who said no desk.
    """
    desk = desk_today(agent=by, maison_id=visit.maison_id, at=at) or _number_in(room)
    first = Coalesce("first_called_at", Value(at))
    called = {"called_at": at, "first_called_at": first, "called_by": by, "desk": desk}
    _move(visit, {State.WAITING, State.CALLED}, state=State.CALLED, **called)


def call_next(*, maison_id: int, by: User, at: datetime) -> Visit | None:
    """Call who comes first in the queue; None when nobody waits. Two desks never call the same person."""
    with transaction.atomic():
        waiting = Visit.objects.of_the_queue().filter(
            maison_id=maison_id, day=day_of(at), state=State.WAITING
        )
        visit = waiting.select_for_update(skip_locked=True).in_order().first()
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
        undone = {"called_at": None, "first_called_at": None, "called_by": None, "desk": ""}
        _move(visit, {State.CALLED}, state=State.WAITING, **undone)
        return
    before = State.CALLED if visit.called_at else State.WAITING
    _move(visit, {State.RECEIVED, State.ABSENT}, state=before, ended_at=None)


def pass_before(*, visit: Visit, reason: str, by: User, at: datetime) -> None:
    """Let somebody pass before those who have no such reason; the first to get one passes first."""
    if reason not in Visit.Ahead.values:
        raise Refused(_("Choisissez pourquoi cette personne passe avant."))
    rows = Visit.objects.filter(pk=visit.pk, state=State.WAITING, ahead_at=None)
    if not rows.update(ahead_at=at, ahead_by=by, ahead_reason=reason):
        raise Refused(_("Un collègue s’est déjà occupé de cette personne."))
    visit.refresh_from_db()


def pass_in_turn(*, visit: Visit) -> None:
    """Undo that: the person keeps their number, and its place."""
    rows = Visit.objects.filter(pk=visit.pk, state=State.WAITING).exclude(ahead_at=None)
    if not rows.update(ahead_at=None, ahead_by=None, ahead_reason=""):
        raise Refused(_("Un collègue s’est déjà occupé de cette personne."))
    visit.refresh_from_db()


def say_desk(*, agent: User, maison_id: int, typed: str, at: datetime) -> str:
    """Store at which desk an agent receives today; "" says none. Returns the number as shown."""
    number = _strip_word(typed)
    if number and not DESK_NUMBER.fullmatch(number):
        raise Refused(_("Écrivez le numéro de votre bureau, par exemple 3 ou B2."))
    AgentDesk.objects.update_or_create(
        agent=agent, maison_id=maison_id, defaults={"day": day_of(at), "number": number}
    )
    return number


def desk_today(*, agent: User, maison_id: int, at: datetime) -> str:
    """Return the number of the desk that an agent gave today, "" without one."""
    said = AgentDesk.objects.filter(agent=agent, maison=maison_id, day=day_of(at))
    return said.values_list("number", flat=True).first() or ""


def _strip_word(typed: str) -> str:
    return DESK_WORD.sub("", typed.strip()).upper()


def _number_in(room: str) -> str:
    """Return the number of « Bureau 3 »; "" for any other name, which the screen does not show."""
    number = _strip_word(room)
    return number if DESK_NUMBER.fullmatch(number) else ""


def day_of(at: datetime) -> date:
    """Return the counter's day at an instant."""
    return at.astimezone(PARIS).date()


def _move(visit: Visit, from_states: set[State], **changes: object) -> None:
    if not Visit.objects.filter(pk=visit.pk, state__in=from_states).update(**changes):
        raise Refused(_("Un collègue s’est déjà occupé de cette personne."))
    visit.refresh_from_db()
