"""The date of a mail, according to its sender."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def read_date(text: str) -> datetime | None:
    """Return an aware instant, None when absent or impossible; without zone, UTC is meant (RFC 5322)."""
    try:
        found = parsedate_to_datetime(text[:200])
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return found if EARLIEST <= found < LATEST else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
