"""What ``after`` may say: a position that we gave, or the id of an event; both mean « what follows »."""

import re

from requests_app.events.models import DomainEvent, EventCounter

POSITION = re.compile(r"(?:0|[1-9][0-9]{0,17})", re.ASCII)


class Purged(Exception):
    """Raised when events that follow this cursor are no longer stored."""


def read_after(written: str, *, head: int) -> int | None:
    """Return the position; None for what we never gave. Raises Purged when something would be missed."""
    if event := DomainEvent.objects.from_public_id(written):
        return event.position
    if not POSITION.fullmatch(written) or int(written) > head:
        return None
    if int(written) < _find_last_purged():
        raise Purged
    return int(written)


def _find_last_purged() -> int:
    return EventCounter.objects.values_list("purged", flat=True).first() or 0
