"""What the scheduler asks of the citizen's pages."""

from datetime import datetime

from channels_app.portal import drafts, limits


def forget(*, at: datetime) -> int:
    """Erase drafts older than seven days and tries no limit looks at; returns how many drafts."""
    limits.forget_old(at=at)
    return drafts.forget_old(at=at)
