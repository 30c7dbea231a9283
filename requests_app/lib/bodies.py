"""How much each view takes in: one limit, asked by the web server before a byte is stored (threats: N08)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

View = Callable[..., HttpResponse]
MAX_TEXT_BYTES = 1_000_000  # bytes of a form without files
MAX_BYTES_WITH_FILES = 60_000_000  # a form with its photos or its scans
TOO_LARGE, NO_ROOM, CROWDED = "too_large", "no_room", "crowded"
REFUSED = "gru.refused"  # in the environment of a request whose body the web server did not take
DROPPED, TAIL = "gru.dropped_bytes", "gru.tail"  # of a body that was cut instead of refused


class Limit:
    """The bytes of a body; one that ``cuts`` keeps the beginning and counts the rest instead of refusing."""

    def __init__(self, most: Callable[[], int], *, only: dict[str, str] | None = None, cuts: int = 0) -> None:
        self._most, self._only, self.cuts = most, only or {}, cuts

    def bytes_for(self, kwargs: dict[str, Any]) -> int:
        """Return the bytes taken at an address with these arguments."""
        is_meant = all(kwargs.get(name) == value for name, value in self._only.items())
        return self._most() if is_meant else MAX_TEXT_BYTES


TEXT = Limit(lambda: MAX_TEXT_BYTES)


def accepts_body(
    most: int | Callable[[], int] = MAX_BYTES_WITH_FILES, *, cuts: int = 0, **only: str
) -> Callable[[View], View]:
    """Let a view take in more than a text, where its arguments are those of ``only``.

    ``cuts`` is for callers that must be answered: beyond ``most`` the server keeps the beginning, and hears
    out up to so many times the limit.
    """

    def decorate(view: View) -> View:
        view.body_limit = Limit(most if callable(most) else lambda: most, only=only, cuts=cuts)  # type: ignore[attr-defined]
        return view

    return decorate


def limit_at(path: str) -> tuple[int, int]:
    """How many bytes the view of an address takes in, and how many times that is heard out (0: none)."""
    try:
        found = resolve(path)
    except Resolver404:
        return MAX_TEXT_BYTES, 0
    limit: Limit = getattr(found.func, "body_limit", TEXT)
    return limit.bytes_for(found.kwargs), limit.cuts


def refusal_of(request: HttpRequest) -> str:
    """Return why this body is not read: what the web server said of it, else what it announces itself."""
    if said := request.META.get(REFUSED):
        return str(said)
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    if not announced.isascii() or not announced.isdigit() or int(announced[:20]) <= MAX_TEXT_BYTES:
        return ""
    most, cuts = limit_at(request.path_info)
    return TOO_LARGE if int(announced[:20]) > most and not cuts else ""
