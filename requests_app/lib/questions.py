"""Searches whose terms are personal: a name must not appear in an address (threats: P01).

They are sent by POST, so that no URL, history or server log holds them, and change nothing.
"""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def only_asks(view: View) -> View:
    """Mark a view whose POST reads and changes nothing: a locked screen need not store it."""
    view.only_asks = True  # type: ignore[attr-defined]
    return view


def is_question(view: Callable[..., Any]) -> bool:
    return getattr(view, "only_asks", False)


def keeps_typing(view: View) -> View:
    """Mark a view that stores what an agent is typing: it still does so when the screen has just locked."""
    view.keeps_typing = True  # type: ignore[attr-defined]
    return view


def is_keeping_typing(view: Callable[..., Any]) -> bool:
    return getattr(view, "keeps_typing", False)
