"""Instants as programs and browsers write them: a date, an hour, an offset."""

from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime

MAX_LENGTH = 100


def read_instant(typed: str) -> datetime | None:
    """Read one that says its offset, in UTC; None for anything else.

    Python takes offsets of up to a day, PostgreSQL refuses those of sixteen hours: none reaches it.
    """
    try:
        found = parse_datetime(typed[:MAX_LENGTH])
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None
