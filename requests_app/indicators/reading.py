"""What the rollups and the days since say of some places over a period."""

from datetime import date, datetime, timedelta

from django.db.models import Case, Q, Sum, Value, When

from requests_app.indicators.live import read_held, read_live
from requests_app.indicators.models import EVERYWHERE, DayShare, DayStock, DayWait, Progress, TopicDay
from requests_app.indicators.periods import Period
from requests_app.indicators.statistics import Day, Statistics
from requests_app.indicators.where import Where
from requests_app.tickets.deadlines import midnight


def read(where: Where, period: Period, earlier: Period, *, now: datetime) -> Statistics:
    """Read everything a page shows, for the period and the previous one."""
    statistics = Statistics()
    done = Progress.objects.filter(pk=Progress.ONE).first()
    live_from = max(done.rolled_to, earlier.first) if done else earlier.first
    statistics.rolled_at = done.rolled_at if done else None
    if done:
        _read_days(statistics, where, earlier.first, period.last)
        _read_shares(statistics, where, period)
        _read_delays(statistics, where, period, earlier)
    if where.topic_id is None:  # stocks are stored for all topics together
        _read_stock(statistics, where, earlier.first, period.last)
        _read_waits(statistics, where, period)
    read_live(statistics, where, period, earlier, live_from)
    if where.has_several and done:
        _read_places(statistics, where, period)
    read_held(statistics, where, now)
    return statistics


def count_of_days(where: Where, first: date, last: date, *, column: str) -> int:
    """Count those received, or first answered, between two days: the same numbers as ``read``.

    ``column`` is the instant that dates them: ``received_at`` or ``first_answered_at``.
    """
    name = {"received_at": "received", "first_answered_at": "answered"}[column]
    done = Progress.objects.filter(pk=Progress.ONE).first()
    live_from = max(done.rolled_to, first) if done else first
    rows = where.days().filter(place__in=where.keys, day__gte=first, day__lte=last)
    rolled = rows.aggregate(n=Sum(name))["n"] or 0 if done else 0
    end = midnight(last + timedelta(days=1))
    since = where.tickets().filter(**{f"{column}__gte": midnight(live_from), f"{column}__lt": end})
    return rolled + since.count()


def _read_days(statistics: Statistics, where: Where, first: date, last: date) -> None:
    rows = where.days().filter(place__in=where.keys, day__gte=first, day__lte=last).values_list("day")
    summed = rows.annotate(r=Sum("received"), c=Sum("closed"), a=Sum("answered"))
    for day, received, closed, answered in summed.order_by():
        statistics.days[day] = Day(received, closed, answered)


def _read_shares(statistics: Statistics, where: Where, period: Period) -> None:
    days = {"place__in": where.keys, "day__gte": period.first, "day__lte": period.last}
    if where.topic_id is not None:
        rows = TopicDay.objects.filter(**days, topic=where.topic_id).values_list("channel")
        for channel, received in rows.annotate(r=Sum("received")).order_by():
            statistics.channels[channel] += received
        return
    shares = DayShare.objects.filter(**days).values_list("axis", "value")
    for axis, value, received in shares.annotate(r=Sum("received")).order_by():
        if axis == DayShare.Axis.CHANNEL:
            statistics.channels[value] += received
        else:
            statistics.topics[int(value or 0)] += received


def _read_delays(statistics: Statistics, where: Where, period: Period, earlier: Period) -> None:
    rows = where.delays().filter(place__in=where.keys, monday__gte=earlier.first, monday__lte=period.last)
    is_now = Case(When(monday__gte=period.first, then=Value(True)), default=Value(False))
    counted = rows.annotate(is_now=is_now).values_list("is_now", "channel", "tenths").annotate(n=Sum("count"))
    for is_of_period, channel, tenths, count in counted.order_by():
        is_whole = not channel or where.topic_id is not None
        if is_of_period and channel:
            statistics.delays[channel][tenths] = count
        if is_whole:
            sums = statistics.delays[""] if is_of_period else statistics.delays_before
            sums[tenths] = sums.get(tenths, 0) + count


def _read_stock(statistics: Statistics, where: Where, first: date, last: date) -> None:
    rows = DayStock.objects.filter(place__in=where.keys, day__gte=first, day__lte=last).values_list("day")
    summed = rows.annotate(w=Sum("waiting"), l=Sum("late"), u=Sum("unplaced")).order_by()
    statistics.stock = {day: (waiting, late, unplaced) for day, waiting, late, unplaced in summed}


def _read_waits(statistics: Statistics, where: Where, period: Period) -> None:
    """Read them in one statement: each place and, when asked for, the whole territory."""
    here = where.each_place | Q(place__in=where.keys) if where.has_several else Q(place__in=where.keys)
    rows = DayWait.objects.filter(here, day__gte=period.first, day__lte=period.last)
    for place, minutes, count in rows.values_list("place", "minutes").annotate(n=Sum("count")).order_by():
        if place in where.keys:
            statistics.waits[minutes] = statistics.waits.get(minutes, 0) + count
        if place != EVERYWHERE:
            statistics.places[place].waits[minutes] = count


def _read_places(statistics: Statistics, where: Where, period: Period) -> None:
    days = where.days().filter(where.each_place, day__gte=period.first, day__lte=period.last)
    for place, received in days.values_list("place").annotate(r=Sum("received")).order_by():
        statistics.places[place].received += received
    weeks = where.delays().filter(where.each_place, monday__gte=period.first, monday__lte=period.last)
    if where.topic_id is None:
        weeks = weeks.filter(channel="")
    for place, tenths, count in weeks.values_list("place", "tenths").annotate(n=Sum("count")).order_by():
        delays = statistics.places[place].delays
        delays[tenths] = delays.get(tenths, 0) + count
