"""The statements that write the rollups from the tickets."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection

from requests_app.indicators.delays import PARIS, tenths_of
from requests_app.indicators.models import EVERYWHERE, NOWHERE, TopicDelay, WeekDelay
from requests_app.lib.weeks import WEEK
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import LATE_AFTER

MOVED = """(
  SELECT {columns}, (received_at AT TIME ZONE 'Europe/Paris')::date AS day, 1 AS r, 0 AS c, 0 AS a
    FROM tickets_ticket WHERE received_at >= %(start)s AND received_at < %(end)s
  UNION ALL SELECT {columns}, (closed_at AT TIME ZONE 'Europe/Paris')::date, 0, 1, 0
    FROM tickets_ticket WHERE closed_at >= %(start)s AND closed_at < %(end)s
  UNION ALL SELECT {columns}, (first_answered_at AT TIME ZONE 'Europe/Paris')::date, 0, 0, 1
    FROM tickets_ticket WHERE first_answered_at >= %(start)s AND first_answered_at < %(end)s
) moved CROSS JOIN LATERAL (VALUES (coalesce(maison_id, %(nowhere)s)), (%(everywhere)s)) p (place)"""
TOTALS = f"""
INSERT INTO indicators_daytotal (place, day, received, closed, answered)
SELECT place, day, sum(r), sum(c), sum(a) FROM {MOVED.format(columns="maison_id")}
GROUP BY place, day
"""  # noqa: S608 - constants only
TOPICS = f"""
INSERT INTO indicators_topicday (place, topic, day, channel, received, closed, answered)
SELECT place, coalesce(topic_id, 0) AS topic, day, channel, sum(r), sum(c), sum(a)
  FROM {MOVED.format(columns="maison_id, topic_id, channel")}
GROUP BY place, topic, day, channel
"""  # noqa: S608 - constants only
SHARES = """
INSERT INTO indicators_dayshare (place, day, axis, value, received)
SELECT place, (received_at AT TIME ZONE 'Europe/Paris')::date AS day, axis, value, count(*)
  FROM tickets_ticket
 CROSS JOIN LATERAL (VALUES (coalesce(maison_id, %(nowhere)s)), (%(everywhere)s)) p (place)
 CROSS JOIN LATERAL (VALUES ('channel', channel), ('topic', coalesce(topic_id::text, ''))) a (axis, value)
 WHERE received_at >= %(start)s AND received_at < %(end)s
 GROUP BY place, day, axis, value
"""
MAX_WAIT = 240  # minutes: beyond, nobody waits any more, somebody forgot to call
WAITS = """
INSERT INTO indicators_daywait (place, day, minutes, count)
SELECT place, day, least(greatest(extract(epoch FROM called_at - arrived_at) / 60, 0)::int, %(longest)s) AS m,
       count(*)
  FROM visits_visit CROSS JOIN LATERAL (VALUES (maison_id), (%(everywhere)s)) p (place)
 WHERE day >= %(first)s AND day < %(after)s AND called_at IS NOT NULL
 GROUP BY place, day, m
"""
# A ticket waits from its reception to its end, and is late five days later: summed up, the end of each day.
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
DAYS = (
    ("indicators_daytotal", TOTALS),
    ("indicators_dayshare", SHARES),
    ("indicators_topicday", TOPICS),
    ("indicators_daywait", WAITS),
)
PLACES: dict[str, Any] = {"nowhere": NOWHERE, "everywhere": EVERYWHERE}


def write_days(start: date, end: date) -> None:
    """Rewrite the days from the start up to the end, excluded."""
    keys = PLACES | {"start": midnight(start), "end": midnight(end)}
    keys |= {"first": start, "after": end, "longest": MAX_WAIT}
    with connection.cursor() as cursor:
        for table, insert in DAYS:
            cursor.execute(f"DELETE FROM {table} WHERE day >= %s AND day < %s", [start, end])  # noqa: S608
            cursor.execute(insert, keys)


def write_weeks(start: date, end: date) -> None:
    """Rewrite the delays, a week at a time: a million tickets are never held in memory."""
    for model in (WeekDelay, TopicDelay):
        model.objects.filter(monday__gte=start, monday__lt=end).delete()
    monday = start
    while monday < end:
        _write_week(monday, min(monday + WEEK, end))
        monday += WEEK


def _write_week(monday: date, end: date) -> None:
    all_topics: Counter[tuple[int, str, int]] = Counter()
    by_topic: Counter[tuple[int, int, str, int]] = Counter()
    for maison_id, topic_id, channel, received_at, answered_at in _answers(monday, end):
        tenths = tenths_of(received_at, answered_at)
        for place in (maison_id or NOWHERE, EVERYWHERE):
            all_topics[place, channel, tenths] += 1
            all_topics[place, "", tenths] += 1
            by_topic[place, topic_id or 0, channel, tenths] += 1
    weeks = (
        WeekDelay(place=place, monday=monday, channel=channel, tenths=tenths, count=count)
        for (place, channel, tenths), count in all_topics.items()
    )
    topics = (
        TopicDelay(place=place, topic=topic, monday=monday, channel=channel, tenths=tenths, count=count)
        for (place, topic, channel, tenths), count in by_topic.items()
    )
    WeekDelay.objects.bulk_create(weeks, batch_size=2000)
    TopicDelay.objects.bulk_create(topics, batch_size=2000)


def _answers(start: date, end: date) -> Iterator[Any]:
    answered = Ticket.objects.filter(
        first_answered_at__gte=midnight(start), first_answered_at__lt=midnight(end)
    )
    columns = ("maison_id", "topic_id", "channel", "received_at", "first_answered_at")
    rows: Iterable[Any] = answered.values_list(*columns)
    return iter(rows)


def write_stocks(at: datetime, today: date, *, is_first: bool) -> None:
    keys = PLACES | {"today": today, "late": LATE_AFTER, "since": at - LATE_AFTER}
    with connection.cursor() as cursor:
        if is_first:  # of the first time, or of tickets created in the past
            cursor.execute("DELETE FROM indicators_daystock WHERE day < %s", [today])
            cursor.execute(HISTORY, keys)
        cursor.execute("DELETE FROM indicators_daystock WHERE day = %s", [today])
        cursor.execute(STOCK, keys)


def day_of(at: datetime) -> date:
    return at.astimezone(PARIS).date()
