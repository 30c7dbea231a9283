"""Writes the rollups again from the tickets: the last days at each sweep, older ones once a day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Min

from requests_app.indicators.delays import PARIS, tenths_of
from requests_app.indicators.models import EVERYWHERE, NOWHERE, Progress, WeekDelay
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import LATE_AFTER

RECENT = timedelta(days=8)  # a demand that changes its topic or its place mostly does so by then
OLDER = timedelta(days=100)
LOCK = 7_203_311  # one sweep writes at a time

TOTALS = """
INSERT INTO indicators_daytotal (place, day, received, closed, answered)
SELECT place, day, sum(r), sum(c), sum(a) FROM (
  SELECT maison_id, (received_at AT TIME ZONE 'Europe/Paris')::date AS day, 1 AS r, 0 AS c, 0 AS a
    FROM tickets_ticket WHERE received_at >= %(start)s AND received_at < %(end)s
  UNION ALL SELECT maison_id, (closed_at AT TIME ZONE 'Europe/Paris')::date, 0, 1, 0
    FROM tickets_ticket WHERE closed_at >= %(start)s AND closed_at < %(end)s
  UNION ALL SELECT maison_id, (first_answered_at AT TIME ZONE 'Europe/Paris')::date, 0, 0, 1
    FROM tickets_ticket WHERE first_answered_at >= %(start)s AND first_answered_at < %(end)s
) moved CROSS JOIN LATERAL (VALUES (coalesce(maison_id, %(nowhere)s)), (%(everywhere)s)) p (place)
GROUP BY place, day
"""
SHARES = """
INSERT INTO indicators_dayshare (place, day, axis, value, received)
SELECT place, (received_at AT TIME ZONE 'Europe/Paris')::date AS day, axis, value, count(*)
  FROM tickets_ticket
 CROSS JOIN LATERAL (VALUES (coalesce(maison_id, %(nowhere)s)), (%(everywhere)s)) p (place)
 CROSS JOIN LATERAL (VALUES ('channel', channel), ('topic', coalesce(topic_id::text, ''))) a (axis, value)
 WHERE received_at >= %(start)s AND received_at < %(end)s
 GROUP BY place, day, axis, value
"""
# A demand waits from its reception to its end, and is late five days later: summed up, the end of each day.
HISTORY = """
INSERT INTO indicators_daystock (place, day, waiting, late, unplaced)
SELECT place, day, greatest(waiting, 0), greatest(late, 0), greatest(unplaced, 0) FROM (
  SELECT place, day,
         sum(sum(w)) OVER (PARTITION BY place ORDER BY day) AS waiting,
         sum(sum(l)) OVER (PARTITION BY place ORDER BY day) AS late,
         sum(sum(u)) OVER (PARTITION BY place ORDER BY day) AS unplaced
    FROM (
      SELECT maison_id, (received_at AT TIME ZONE 'Europe/Paris')::date AS day, 1 AS w, 0 AS l,
             (maison_id IS NULL AND transfer_body = '')::int AS u FROM tickets_ticket
      UNION ALL SELECT maison_id, (closed_at AT TIME ZONE 'Europe/Paris')::date, -1, 0,
             -(maison_id IS NULL AND transfer_body = '')::int FROM tickets_ticket WHERE closed_at IS NOT NULL
      UNION ALL SELECT maison_id, ((received_at + %(late)s) AT TIME ZONE 'Europe/Paris')::date, 0, 1, 0
        FROM tickets_ticket WHERE closed_at IS NULL OR closed_at > received_at + %(late)s
      UNION ALL SELECT maison_id, (closed_at AT TIME ZONE 'Europe/Paris')::date, 0, -1, 0
        FROM tickets_ticket WHERE closed_at > received_at + %(late)s
    ) moved CROSS JOIN LATERAL (VALUES (coalesce(maison_id, %(nowhere)s)), (%(everywhere)s)) p (place)
   GROUP BY place, day
) ends WHERE day < %(today)s
ON CONFLICT (place, day) DO NOTHING
"""
STOCK = """
INSERT INTO indicators_daystock (place, day, waiting, late, unplaced)
SELECT place, %(today)s, count(*) FILTER (WHERE ours),
       count(*) FILTER (WHERE ours AND waiting_since < %(since)s), count(*) FILTER (WHERE lost)
  FROM (SELECT maison_id, waiting_since, state IN ('to_sort', 'open') AS ours,
               maison_id IS NULL AND transfer_body = '' AS lost
          FROM tickets_ticket WHERE state <> 'closed') held
 CROSS JOIN LATERAL (VALUES (coalesce(maison_id, %(nowhere)s)), (%(everywhere)s)) p (place)
 GROUP BY place
ON CONFLICT (place, day) DO UPDATE
   SET waiting = excluded.waiting, late = excluded.late, unplaced = excluded.unplaced
"""


@transaction.atomic
def roll(*, at: datetime, is_whole: bool = False) -> None:
    """Write again the days before today that may have changed; all of them when ``is_whole`` or at first."""
    today = at.astimezone(PARIS).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    done = None if is_whole else Progress.objects.filter(pk=Progress.ONE).first()
    start = _start(done, today)
    if start is None:
        return
    _write_days(start, today)
    _write_weeks(start, today)
    _write_stocks(at, today, is_first=done is None)
    values = {"rolled_to": today, "rolled_at": at, "history_to": today}
    Progress.objects.update_or_create(pk=Progress.ONE, defaults=values)


def _start(done: Progress | None, today: date) -> date | None:
    """The Monday from which to write; None while there is no ticket."""
    if done is None:
        first = Ticket.objects.aggregate(first=Min("received_at"))["first"]
        return _monday(first.astimezone(PARIS).date()) if first else None
    reach = OLDER if done.history_to < today else RECENT
    return _monday(min(done.rolled_to, today - reach))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _write_days(start: date, today: date) -> None:
    keys: dict[str, Any] = {"start": midnight(start), "end": midnight(today)}
    keys |= {"nowhere": NOWHERE, "everywhere": EVERYWHERE}
    with connection.cursor() as cursor:
        for table, insert in (("indicators_daytotal", TOTALS), ("indicators_dayshare", SHARES)):
            cursor.execute(f"DELETE FROM {table} WHERE day >= %s AND day < %s", [start, today])  # noqa: S608
            cursor.execute(insert, keys)


def _write_weeks(start: date, today: date) -> None:
    counts: Counter[tuple[int, date, str, int]] = Counter()
    answered = Ticket.objects.filter(
        first_answered_at__gte=midnight(start), first_answered_at__lt=midnight(today)
    )
    columns = ("maison_id", "channel", "received_at", "first_answered_at")
    rows: Iterator[Any] = answered.values_list(*columns).iterator(chunk_size=5000)
    for maison_id, channel, received_at, answered_at in rows:
        monday, tenths = _monday(answered_at.astimezone(PARIS).date()), tenths_of(received_at, answered_at)
        for place in (maison_id or NOWHERE, EVERYWHERE):
            counts[place, monday, channel, tenths] += 1
            counts[place, monday, "", tenths] += 1
    WeekDelay.objects.filter(monday__gte=start).delete()
    made = (
        WeekDelay(place=place, monday=monday, channel=channel, tenths=tenths, count=count)
        for (place, monday, channel, tenths), count in counts.items()
    )
    WeekDelay.objects.bulk_create(made, batch_size=2000)


def _write_stocks(at: datetime, today: date, *, is_first: bool) -> None:
    keys: dict[str, Any] = {"today": today, "late": LATE_AFTER, "since": at - LATE_AFTER}
    keys |= {"nowhere": NOWHERE, "everywhere": EVERYWHERE}
    with connection.cursor() as cursor:
        if is_first:  # of the first time, or of demands invented in the past
            cursor.execute("DELETE FROM indicators_daystock WHERE day < %s", [today])
            cursor.execute(HISTORY, keys)
        cursor.execute("DELETE FROM indicators_daystock WHERE day = %s", [today])
        cursor.execute(STOCK, keys)


def rolled_at() -> datetime | None:
    """When the rollups were last written."""
    return Progress.objects.filter(pk=Progress.ONE).values_list("rolled_at", flat=True).first()
