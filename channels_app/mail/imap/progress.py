"""How far a mailbox has been read, written after each message: a kill costs one message read twice."""

from datetime import datetime, timedelta

from channels_app.mail.models import PolledBox

MAX_WAIT = timedelta(minutes=15)


def begin_again(row: PolledBox, uid_validity: int, next_uid: int) -> None:
    """Start over under a new numbering: messages already read come again, recognised (threats: I3)."""
    row.uid_validity, row.horizon = uid_validity, max(next_uid, 1)
    row.last_uid, row.refused = 0, {}
    row.save(update_fields=["uid_validity", "horizon", "last_uid", "refused"])


def record_done(row: PolledBox, uid: int) -> None:
    """Record that this message is stored, or gone."""
    row.refused.pop(str(uid), None)
    row.last_uid = max(row.last_uid, uid)
    row.save(update_fields=["last_uid", "refused"])


def record_refusal(row: PolledBox, uid: int) -> int:
    """Count a refusal of this message, and return how many; those after it are read meanwhile."""
    row.refused[str(uid)] = row.refused.get(str(uid), 0) + 1
    row.last_uid = max(row.last_uid, uid)
    row.save(update_fields=["last_uid", "refused"])
    return int(row.refused[str(uid)])


def caught_up(row: PolledBox, at: datetime) -> None:
    """Record that nothing was left behind: what was old when we began is never fetched again."""
    row.last_uid, row.caught_up_at = max(row.last_uid, row.horizon - 1), at
    row.save(update_fields=["last_uid", "caught_up_at"])


def note_success(row: PolledBox, at: datetime) -> None:
    row.last_ok_at, row.failing_since, row.last_error, row.try_after = at, None, "", None
    row.save(update_fields=["last_ok_at", "failing_since", "last_error", "try_after"])


def note_failure(row: PolledBox, reason: str, at: datetime, *, is_refused: bool) -> None:
    """Record since when it fails, and the latest reason.

    A server that refuses our password is tried less and less often: many lock an account after that.
    """
    row.failing_since, row.last_error = row.failing_since or at, reason[:300]
    row.try_after = at + min(at - row.failing_since, MAX_WAIT) if is_refused else None
    row.save(update_fields=["failing_since", "last_error", "try_after"])
