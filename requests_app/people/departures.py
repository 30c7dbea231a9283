"""A contact is no longer somebody's, or is theirs again: what was opened to it closes (N06).

Apps that open something to an address subscribe at start; this one knows none of them.
"""

from collections.abc import Callable
from datetime import datetime

# The person, the address or number, and when; for a restored one: when it had been removed.
Handler = Callable[[int, str, datetime], None]

_on_removed: list[Handler] = []
_on_restored: list[Handler] = []


def subscribe(*, on_removed: Handler, on_restored: Handler) -> None:
    """Register callbacks, run in the transaction of the change."""
    if on_removed not in _on_removed:
        _on_removed.append(on_removed)
        _on_restored.append(on_restored)


def contact_removed(person_id: int, value: str, at: datetime) -> None:
    for handler in _on_removed:
        handler(person_id, value, at)


def contact_restored(person_id: int, value: str, removed_at: datetime) -> None:
    for handler in _on_restored:
        handler(person_id, value, removed_at)
