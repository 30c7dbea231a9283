"""Rewrite the rollups from the tickets: the last days at each sweep, older ones once a day.

In between, the weeks of tickets that changed topic or place, known by their events:
so that a number matches its list, ten minutes later at most.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min

from requests_app.indicators.batching import batch_answers
from requests_app.indicators.models import Progress, TopicDay
from requests_app.indicators.writing import day_of, write_days, write_stocks, write_weeks
from requests_app.lib.weeks import WEEK, monday_of
from requests_app.tickets.models import Event, Ticket

RECENT = timedelta(days=8)  # a ticket that changes topic or place mostly does so by then
OLDER = timedelta(days=100)
LOCK = 7_203_311  # one sweep writes at a time
MOVES = (
    Event.Kind.ROUTED,
    Event.Kind.REROUTED,
    Event.Kind.TOPIC_CHANGED,
    Event.Kind.UNSORTED,
    Event.Kind.REOPENED,
    Event.Kind.UNSENT,
)


@transaction.atomic
def roll(*, at: datetime, is_whole: bool = False) -> None:
    """Rewrite the days before today that may have changed; all of them when ``is_whole`` or at first."""
    today = day_of(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    done = None if is_whole else Progress.objects.filter(pk=Progress.ONE).first()
    start = _start(done, today)
    if start is None:
        return
    last_event = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    for monday in _changed_weeks(done, start):
        write_days(monday, monday + WEEK)
        write_weeks(monday, monday + WEEK)
    write_days(start, today)
    write_weeks(start, today)
    write_stocks(at, today, is_first=done is None)
    batch_answers(at=at, is_whole=is_whole)
    values = {"rolled_to": today, "rolled_at": at, "history_to": today, "event_id": last_event}
    Progress.objects.update_or_create(pk=Progress.ONE, defaults=values)


def _start(done: Progress | None, today: date) -> date | None:
    """Return the Monday from which to write; None while there is no ticket."""
    if done is None or not TopicDay.objects.exists():  # the second: stored since a later release
        first = Ticket.objects.aggregate(first=Min("received_at"))["first"]
        return monday_of(day_of(first)) if first else None
    reach = OLDER if done.history_to < today else RECENT
    return monday_of(min(done.rolled_to, today - reach))


def _changed_weeks(done: Progress | None, before: date) -> list[date]:
    """Return the Mondays of older weeks that tickets moved in or out of since the last sweep."""
    if done is None:
        return []
    moved = Event.objects.filter(pk__gt=done.event_id, kind__in=MOVES).values_list("ticket_id")
    instants: Iterable[tuple[datetime | None, ...]] = Ticket.objects.filter(pk__in=moved).values_list(
        "received_at", "closed_at", "first_answered_at"
    )
    mondays = {monday_of(day_of(at)) for row in instants for at in row if at is not None}
    return sorted(monday for monday in mondays if monday < before)


def rolled_at() -> datetime | None:
    """Return when the rollups were last written."""
    return Progress.objects.filter(pk=Progress.ONE).values_list("rolled_at", flat=True).first()
