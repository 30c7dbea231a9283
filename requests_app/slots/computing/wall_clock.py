"""Turn hours of the Paris wall clock into instants, and back.

Twice a year an hour has no single instant. As RFC 5545 §3.3.5 says, an hour that is skipped in spring is read
with the offset before the gap (2.30 is then 3.30 of summer time), one that comes twice in autumn is the first
of the two. That is what ``fold=0`` means to zoneinfo.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from requests_app.lib.local_time import PARIS as PARIS

DAY = timedelta(days=1)


@lru_cache(maxsize=16_384)  # agents share their hours: nine o’clock of a day is asked for by all of them
def to_instant(wall: datetime) -> datetime:
    """Return the instant, in UTC, of a naive hour of Paris."""
    return wall.replace(tzinfo=PARIS, fold=0).astimezone(UTC)


def to_wall(instant: datetime) -> datetime:
    """Return the naive hour that a clock in Paris shows at an instant."""
    return instant.astimezone(PARIS).replace(tzinfo=None)


def day_of(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def start_of(day: date) -> datetime:
    """Return the instant at which a day begins in Paris."""
    return to_instant(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Return the instant at which the next day begins: 23, 24 or 25 hours after this one began."""
    return start_of(day + DAY)
