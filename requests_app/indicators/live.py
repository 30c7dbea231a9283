"""The days that no sweep has written yet, today first of all: three short scans of covering indexes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from requests_app.indicators.delays import PARIS, tenths_of
from requests_app.indicators.models import NOWHERE
from requests_app.indicators.periods import Period
from requests_app.indicators.statistics import Statistics
from requests_app.indicators.where import Where
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models.tickets import LATE_AFTER, TicketQuerySet
from requests_app.tickets.selectors.views import OURS


def read_live(statistics: Statistics, where: Where, period: Period, earlier: Period, since: date) -> None:
    start, tickets = midnight(since), where.tickets()
    _receptions(statistics, where, tickets.filter(received_at__gte=start), period)
    ends: Iterable[Any] = tickets.filter(closed_at__gte=start).values_list("closed_at", flat=True)
    for closed_at in ends:
        statistics.days[closed_at.astimezone(PARIS).date()].closed += 1
    _answers(statistics, tickets.filter(first_answered_at__gte=start), period, earlier)


def _receptions(statistics: Statistics, where: Where, tickets: TicketQuerySet, period: Period) -> None:
    rows = tickets.values_list("maison_id", "channel", "topic_id", "received_at")
    for maison_id, channel, topic_id, received_at in rows:
        day = received_at.astimezone(PARIS).date()
        statistics.days[day].received += 1
        if period.holds(day):
            statistics.channels[channel] += 1
            statistics.places[maison_id or NOWHERE].received += 1
            if where.topic_id is None:
                statistics.topics[topic_id or 0] += 1


def _answers(statistics: Statistics, tickets: TicketQuerySet, period: Period, earlier: Period) -> None:
    rows: Iterable[Any] = tickets.values_list("maison_id", "channel", "received_at", "first_answered_at")
    for maison_id, channel, received_at, answered_at in rows:
        day, tenths = answered_at.astimezone(PARIS).date(), tenths_of(received_at, answered_at)
        statistics.days[day].answered += 1
        if period.holds(day):
            mine = statistics.places[maison_id or NOWHERE].delays
            for counts in (statistics.delays[channel], statistics.delays[""], mine):
                counts[tenths] = counts.get(tenths, 0) + 1
        elif earlier.holds(day):
            statistics.delays_before[tenths] = statistics.delays_before.get(tenths, 0) + 1


def read_held(statistics: Statistics, where: Where, now: datetime) -> None:
    """Read what waits for us now, place by place: open tickets only, by their index."""
    held = where.tickets().filter(state__in=OURS).values_list("maison_id")
    late = Count("pk", filter=Q(waiting_since__lt=now - LATE_AFTER))
    for maison_id, waiting, too_long in held.annotate(w=Count("pk"), l=late).order_by():
        line = statistics.places[maison_id or NOWHERE]
        line.waiting, line.late = waiting, too_long
