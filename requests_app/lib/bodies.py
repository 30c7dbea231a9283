"""How large a request body each view accepts: one limit, asked by the web server before a byte is stored."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

View = Callable[..., HttpResponse]
MAX_TEXT_BYTES = 1_000_000  # bytes of a form without files
MAX_BYTES_WITH_FILES = 60_000_000  # a form with its photos or its scans
TOO_LARGE, NO_ROOM, CROWDED = "too_large", "no_room", "crowded"
REFUSED = "gru.refused"  # in the environment of a request whose body the web server refused
DROPPED, TAIL = "gru.dropped_bytes", "gru.tail"  # of a body that was cut instead of refused


class Limit:
    """A limit in bytes; one that ``cuts`` stores the beginning and counts the rest instead of refusing."""

    def __init__(self, most: Callable[[], int], *, only: dict[str, str] | None = None, cuts: int = 0) -> None:
        self._most, self._only, self.cuts = most, only or {}, cuts

    def bytes_for(self, kwargs: dict[str, Any]) -> int:
        """Return how many bytes an address accepts with these arguments."""
        is_meant = all(kwargs.get(name) == value for name, value in self._only.items())
        return self._most() if is_meant else MAX_TEXT_BYTES


TEXT = Limit(lambda: MAX_TEXT_BYTES)


def accepts_body(
    most: int | Callable[[], int] = MAX_BYTES_WITH_FILES, *, cuts: int = 0, **only: str
) -> Callable[[View], View]:
    """Let a view accept a body larger than a text, where its arguments are those of ``only``.

    ``cuts`` is for callers that must be answered: beyond ``most`` the server keeps the beginning, and reads
    on up to that many times the limit.
    """

    def decorate(view: View) -> View:
        view.body_limit = Limit(most if callable(most) else lambda: most, only=only, cuts=cuts)  # type: ignore[attr-defined]
        return view

    return decorate


def limit_at(path: str) -> tuple[int, int]:
    """Return the limit of the view at an address, and up to how many times it is read on (0: not at all)."""
    try:
        found = resolve(path)
    except Resolver404:
        return MAX_TEXT_BYTES, 0
    limit: Limit = getattr(found.func, "body_limit", TEXT)
    return limit.bytes_for(found.kwargs), limit.cuts


def refusal_of(request: HttpRequest) -> str:
    """Return why this body is refused: what the web server said of it, else the length it announces."""
    if said := request.META.get(REFUSED):
        return str(said)
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    if not announced.isascii() or not announced.isdigit() or int(announced[:20]) <= MAX_TEXT_BYTES:
        return ""
    most, cuts = limit_at(request.path_info)
    return TOO_LARGE if int(announced[:20]) > most and not cuts else ""
