"""What the scheduler asks of the citizen's pages."""

from datetime import datetime

from channels_app.portal import codes, drafts, leaving, limits


def forget(*, at: datetime) -> int:
    """Erase drafts older than seven days and tries no limit looks at; returns how many drafts."""
    limits.purge_expired(at=at)
    codes.purge_expired(at=at)
    leaving.forget_old(at=at)
    return drafts.purge_expired(at=at)


def send_codes(*, at: datetime) -> int:
    """Send the codes whose bell was lost; returns how many were looked at."""
    return codes.send_forgotten(at=at)
