"""What is published of a quarter, read from the rows of the product: one function for each indicator."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from django.db.models import QuerySet

from requests_app.first_delay.selectors.cases import Kind as Delays
from requests_app.first_delay.selectors.cases import read_cases
from requests_app.indicators.batching import COLUMNS
from requests_app.indicators.models import DayWait, FeltBatch
from requests_app.maisons.models import Maison
from requests_app.publication.quarters import Quarter
from requests_app.publication.tallies import NOBODY, Sighting
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.models.tickets import Outcome
from requests_app.tickets.services.calls import PROMISED

NOT_ANSWERED_ON_PURPOSE = (Outcome.DUPLICATE, Outcome.UNWANTED, Outcome.WITHDRAWN)


def read_answers(quarter: Quarter) -> Iterator[Sighting]:
    """Tell of each request whose announced day fell in the quarter whether it was answered by then."""
    rows = _read(
        Ticket.objects.filter(**_bounds_of("due_at", quarter), maison__isnull=False, merged_into=None)
        .filter(is_sensitive=False)
        .exclude(outcome__in=NOT_ANSWERED_ON_PURPOSE),
        *("maison", "person", "due_at", "first_answered_at", "closed_at"),
    )
    for maison, person, due, answered_at, closed_at in rows:
        done = [at for at in (answered_at, closed_at) if at]
        yield maison, person or NOBODY, bool(done) and min(done) <= due


def read_calls(quarter: Quarter) -> Iterator[Sighting]:
    """Tell of each call promised for a day of the quarter whether it was made by then."""
    promised = ToDo.objects.promised_calls().filter(key__startswith=PROMISED, **_bounds_of("due_at", quarter))
    rows = _read(
        promised.filter(ticket__maison__isnull=False, ticket__is_sensitive=False),
        *("ticket__maison", "ticket__person", "due_at", "done_at"),
    )
    for maison, person, due, done_at in rows:
        yield maison, person or NOBODY, done_at is not None and done_at <= due


def read_waits(quarter: Quarter) -> Iterator[Sighting]:
    """Tell the minutes that each visitor waited before they were called."""
    number = count(1)
    rows = DayWait.objects.filter(place__gt=0, day__gte=quarter.first, day__lt=quarter.after)
    for place, minutes, visitors in _read(rows, "place", "minutes", "count"):
        for _visitor in range(visitors):
            yield place, next(number), minutes


def read_felt(quarter: Quarter) -> Iterator[Sighting]:
    """Tell how it felt for each person who answered, five by five as statistics take them."""
    number = count(1)
    rows = FeltBatch.objects.filter(place__gt=0, day__gte=quarter.first, day__lt=quarter.after)
    for place, *counts in _read(rows, "place", *COLUMNS.values()):
        for level, answers in zip(COLUMNS, counts, strict=True):
            for _answer in range(answers):
                yield place, next(number), int(level)


def read_appointments(quarter: Quarter, *, at: date) -> Iterator[Sighting]:
    """Tell what is known on a day of each first wait for an appointment that began in the quarter."""
    maisons = dict(Maison.objects.values_list("code", "pk"))
    number = count(1)
    for case in read_cases(quarter.first, quarter.last, at=at)[Delays.BOOKED]:
        if case.is_first_time and case.maison in maisons:
            yield maisons[case.maison], next(number), case.followed


def _bounds_of(name: str, quarter: Quarter) -> dict[str, Any]:
    return {f"{name}__gte": midnight(quarter.first), f"{name}__lt": midnight(quarter.after)}


def _read(rows: QuerySet[Any], *names: str) -> Iterator[Any]:
    return rows.order_by().values_list(*names).iterator(chunk_size=5000)
