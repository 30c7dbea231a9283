"""A contact is no longer somebody's, or is theirs again: what was opened to it closes (N06).

Apps that open something to an address subscribe at start; this one knows none of them.
"""

from collections.abc import Callable
from datetime import datetime

from requests_app.lib.registry import Handlers

# The person, the address or number, and when; for a restored one: when it had been removed.
Handler = Callable[[int, str, datetime], None]

ON_REMOVED: Handlers[Handler] = Handlers("room that closes what a contact opened")
ON_RESTORED: Handlers[Handler] = Handlers("room that opens it again")


def subscribe(*, on_removed: Handler, on_restored: Handler) -> None:
    """Register callbacks, run in the transaction of the change."""
    ON_REMOVED.add(on_removed)
    ON_RESTORED.add(on_restored)


def contact_removed(person_id: int, value: str, at: datetime) -> None:
    for handler in ON_REMOVED:
        handler(person_id, value, at)


def contact_restored(person_id: int, value: str, removed_at: datetime) -> None:
    for handler in ON_RESTORED:
        handler(person_id, value, removed_at)
