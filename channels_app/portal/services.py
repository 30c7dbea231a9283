"""What the scheduler runs for the citizens' pages."""

from datetime import datetime

from channels_app.portal import codes, drafts, limits, unsent


def forget(*, at: datetime) -> int:
    """Erase drafts older than seven days and expired attempts; returns how many drafts."""
    limits.purge_expired(at=at)
    codes.purge_expired(at=at)
    unsent.purge_expired(at=at)
    return drafts.purge_expired(at=at)


def send_codes(*, at: datetime) -> int:
    """Send the codes whose task was lost; returns how many were checked."""
    return codes.send_forgotten(at=at)
