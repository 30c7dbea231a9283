"""Give events their places in the log, without a gap, once they are committed.

Transactions commit in another order than they write: a row's id may appear after a higher one was read.
So a place is given afterwards, by one short transaction at a time. Business transactions wait for nothing.
"""

from django.db import connection, transaction

from requests_app.events.models import DomainEvent, EventCounter

BATCH = 1000
PLACE = """
UPDATE events_domainevent SET position = placed.position
  FROM (SELECT id, %(last)s + row_number() OVER (ORDER BY id) AS position
          FROM (SELECT id FROM events_domainevent WHERE position IS NULL ORDER BY id LIMIT %(batch)s) new
       ) placed
 WHERE events_domainevent.id = placed.id
"""


def place_all() -> int:
    """Place every committed event, and return the last position of the log."""
    while DomainEvent.objects.unplaced().exists():
        if _place_batch() < BATCH:
            break
    return EventCounter.objects.values_list("last", flat=True).first() or 0


@transaction.atomic
def _place_batch() -> int:
    """Place the next ones and return how many; the counter's row is the lock of the order."""
    counter, _is_new = EventCounter.objects.select_for_update().get_or_create(pk=1)
    with connection.cursor() as cursor:
        cursor.execute(PLACE, {"last": counter.last, "batch": BATCH})
        count = cursor.rowcount
    counter.last += count
    counter.save(update_fields=["last"])
    return count
