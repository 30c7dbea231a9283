"""Measure once a night what groups of people lived: who comes by phone, who needs an interpreter, everybody.

Requests of somebody known, neither merged nor sensitive. A page reads a bounded number of rows, however many
the requests.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from requests_app.feedback.models import FeltExperience
from requests_app.feedback.survey_ways import select_asked
from requests_app.indicators.models import EVERYWHERE, GroupTotal
from requests_app.indicators.periods import CHOICES, Choice, Period, period_of
from requests_app.indicators.satisfaction import GOOD
from requests_app.indicators.writing import day_of
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import State, Ticket

Axis = GroupTotal.Axis
NEED = "person__access_needs__kind"
SOON = timedelta(days=30)  # a request about the same topic so soon after the last one was closed comes back
ONE_DAY = timedelta(days=1)
IS_ANSWERED = Q(done_at__lte=F("due_at"))
SUMS = {
    "persons": Count("person", distinct=True),
    "received": Count("pk"),
    "due": Count("pk", filter=Q(is_due=True)),
    "in_time": Count("pk", filter=Q(is_due=True) & IS_ANSWERED),
    "came_back": Count("pk", filter=Q(has_come_back=True)),
    "closed": Count("pk", filter=Q(state=State.CLOSED)),
    "answers": Count("pk", filter=Q(has_face=True)),
    "good": Count("pk", filter=Q(is_good=True)),
    "efforts": Count("pk", filter=Q(felt__effort__isnull=False)),
    "hard": Count("pk", filter=Q(felt__effort__gte=FeltExperience.Effort.MUCH)),
}


def measure_groups(*, at: datetime) -> int:
    """Rewrite the totals once a day; return how many rows were, 0 when today's are there."""
    today = day_of(at)
    if GroupTotal.objects.filter(measured_on=today).exists():
        return 0
    return sum(_measure(choice, today) for choice in CHOICES.values())


@transaction.atomic
def _measure(choice: Choice, today: date) -> int:
    period = period_of(choice, today - ONE_DAY)
    rows = [
        GroupTotal(period=choice.code, measured_on=today, **values)
        for axis in Axis
        for values in _totals(_select(period, midnight(today)), axis, midnight(period.first))
    ]
    GroupTotal.objects.filter(period=choice.code).delete()
    GroupTotal.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _select(period: Period, end: datetime) -> QuerySet[Ticket]:
    """Select the requests of a period, each with when it was answered, due by ``end``, and asked again."""
    last = Ticket.objects.filter(
        person=OuterRef("person"),
        topic=OuterRef("topic"),
        received_at__lt=OuterRef("received_at"),
        closed_at__lt=OuterRef("received_at"),
        closed_at__gte=OuterRef("received_at") - SOON,
        merged_into=None,
    )
    rows = Ticket.objects.filter(
        received_at__gte=midnight(period.first),
        received_at__lt=midnight(period.after),
        person__isnull=False,
        merged_into=None,
        is_sensitive=False,
    )
    done_at = Least("first_answered_at", "closed_at")  # PostgreSQL leaves out what is null
    return rows.annotate(
        done_at=done_at,
        is_due=Q(due_at__lt=end),
        has_come_back=Exists(last),
        has_face=Q(felt__level__isnull=False),
        is_good=Q(felt__level__in=GOOD),
    )


def _totals(rows: QuerySet[Any], axis: str, since: datetime) -> Iterator[dict[str, Any]]:
    """Yield the totals of each group, at each Maison and in the whole territory: two statements."""
    group = {
        Axis.ALL: Value(""),
        Axis.CHANNEL: F("channel"),
        Axis.NEED: Coalesce(F(NEED), Value("")),
        Axis.WAY: F("way"),
    }
    if axis == Axis.WAY:
        rows = select_asked(rows, since=since)
    grouped = rows.annotate(value=group[Axis(axis)])
    for place in (F("maison_id"), Value(EVERYWHERE)):
        placed = grouped.annotate(place=place).exclude(place=None)
        for each in placed.values("place", "value").annotate(**SUMS).order_by():
            yield {"axis": axis, **each}
