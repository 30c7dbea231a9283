"""How long people wait at a counter at this time of the week, from its own last weeks.

A wait goes from the arrival to the first call, without those who came to an appointment. A Maison says
nothing of a half-hour in which it called under five people, and nothing while it is closed: no number rather
than a false one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Min,
    Q,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from requests_app.maisons import opening
from requests_app.maisons.models import Maison
from requests_app.tickets.deadlines import PARIS
from requests_app.visits.models import Visit
from requests_app.visits.services import day_of

WEEKS = 8
LEAST_VISITS = 5
HALF_HOUR = timedelta(minutes=30)
ROUNDED_TO = 5  # minutes
FORGOTTEN = timedelta(hours=3)  # still waiting after that: left without a word


class Quantile(Aggregate):
    """The smallest value that this share of the rows does not exceed."""

    function = "percentile_disc"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, slots=True)
class Wait:
    """Minutes, rounded up to five; ``visits`` is how many it was computed from.

    ``is_longer``: somebody there now has already waited more than eight in ten did.
    """

    median: int
    most: int
    visits: int
    is_longer: bool = False

    @property
    def words(self) -> str:
        """Say it in one sentence."""
        if self.is_longer:
            return _("L’attente est plus longue que d’habitude.")
        return _("Attente : environ %(minutes)d minutes.") % {"minutes": self.median}

    @property
    def more_words(self) -> str:
        """Say how sure it is; "" when the day is not like the others."""
        if self.is_longer:
            return ""
        return _("À cette heure, 8 personnes sur 10 attendent %(minutes)d minutes au plus.") % {
            "minutes": self.most
        }


def wait_at(maison: Maison, at: datetime) -> Wait | None:
    """Return the wait of one Maison; None when nothing can be said."""
    return waits_at([maison], at).get(maison.pk)


def waits_at(maisons: Collection[Maison], at: datetime) -> dict[int, Wait]:
    """Return the waits of those that are open and have enough visits; one statement whatever their number."""
    open_ids = [maison.pk for maison in maisons if opening.is_open(maison, at) is not False]
    return {row["maison"]: _wait(row, at) for row in _rows(open_ids, at)} if open_ids else {}


def _wait(row: Mapping[str, Any], at: datetime) -> Wait:
    since = row["since"]
    return Wait(
        median=_round_up(row["median"]),
        most=_round_up(row["most"]),
        visits=row["visits"],
        is_longer=since is not None and at - since > row["most"],
    )


def _rows(maison_ids: list[int], at: datetime) -> Iterable[Mapping[str, Any]]:
    """Group the visits of the same half-hour of the last weeks, and since when somebody waits now."""
    past, now = _past(at), Q(day=day_of(at), state=Visit.State.WAITING, arrived_at__gt=at - FORGOTTEN)
    called = Coalesce("first_called_at", "called_at", output_field=DateTimeField())
    wait = ExpressionWrapper(called - F("arrived_at"), output_field=DurationField())
    return (
        Visit.objects.of_the_queue()
        .filter(past | now, maison__in=maison_ids)
        .alias(wait=wait)
        .values("maison")
        .annotate(
            visits=Count("wait", filter=past),
            median=Quantile("wait", share=0.5, filter=past, output_field=DurationField()),
            most=Quantile("wait", share=0.8, filter=past, output_field=DurationField()),
            since=Min("arrived_at", filter=now),
        )
        .filter(visits__gte=LEAST_VISITS)
    )


def _past(at: datetime) -> Q:
    starts = list(_same_half_hours(at))
    within = Q()
    for start in starts:
        within |= Q(arrived_at__gte=start, arrived_at__lt=start + HALF_HOUR)
    return Q(day__in=[day_of(start) for start in starts]) & within


def _same_half_hours(at: datetime) -> Iterator[datetime]:
    """Give the start of this half-hour in each of the last weeks, by the clock on the wall."""
    local = at.astimezone(PARIS)
    start = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0, fold=0)
    for week in range(1, WEEKS + 1):
        yield start - timedelta(weeks=week)


def _round_up(wait: timedelta) -> int:
    """Round up to five minutes, five at least."""
    return max(ROUNDED_TO, -(-int(wait.total_seconds()) // (ROUNDED_TO * 60)) * ROUNDED_TO)
