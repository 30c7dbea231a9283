"""Announce every change of rights: the room that sends mail subscribes at start (threats: N14)."""

from collections.abc import Callable

from requests_app.accounts.models import RightsEvent

Handler = Callable[[RightsEvent, str], None]

_handlers: list[Handler] = []


def subscribe(handler: Handler) -> None:
    """Call this handler in the transaction of each change."""
    if handler not in _handlers:
        _handlers.append(handler)


def rights_changed(event: RightsEvent, *, also: str = "") -> None:
    """Announce a change; ``also`` is one more address to tell."""
    for handler in _handlers:
        handler(event, also)
