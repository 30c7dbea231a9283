"""Announce every change of rights: the room that sends mail subscribes at start (threats: N14)."""

from collections.abc import Callable

from requests_app.accounts.models import RightsEvent
from requests_app.lib.registry import Handlers

Handler = Callable[[RightsEvent, str], None]

HANDLERS: Handlers[Handler] = Handlers("room that is told of rights")


def subscribe(handler: Handler) -> None:
    """Call this handler in the transaction of each change."""
    HANDLERS.add(handler)


def rights_changed(event: RightsEvent, *, also: str = "") -> None:
    """Announce a change; ``also`` is one more address to tell."""
    for handler in HANDLERS:
        handler(event, also)
