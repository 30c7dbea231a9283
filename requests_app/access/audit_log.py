"""Log every reading, refused ones too (threats: I7, A01)."""

from collections.abc import Iterable
from datetime import datetime

from requests_app.access.models import Reading
from requests_app.accounts.models import User

Kind = Reading.Kind


def log_access(
    *,
    user: User,
    kind: str,
    subject_id: int,
    at: datetime,
    was_refused: bool = False,
    why: str = "",
    glass_id: int | None = None,
) -> None:
    """Add one line to the access log; ``glass_id`` is the exception that opened what was read."""
    Reading.objects.create(
        user=user,
        at=at,
        kind=kind,
        subject_id=subject_id,
        maison_id=user.current_maison_id,
        was_refused=was_refused,
        why=why,
        glass_id=glass_id,
    )


def log_all(*, user: User, kind: str, subject_ids: Iterable[int], at: datetime) -> None:
    """Add one line for each of what a page shows together, in one statement."""
    place = user.current_maison_id
    Reading.objects.bulk_create(
        Reading(user=user, at=at, kind=kind, subject_id=each, maison_id=place) for each in subject_ids
    )
