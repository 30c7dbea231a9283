"""The body of a call, whatever its size: Django's own limit of 2.5 MB would refuse photos (threats: M01)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from requests_app.lib.bodies import DROPPED, TAIL
from requests_app.lib.hanging_up import End

CHUNK = 256 * 1024
TAIL_BYTES = 64 * 1024
DRAINED = 4  # times the limit: a caller that sends more is cut off without an answer
IN_FLIGHT = (
    160 * 1024 * 1024
)  # bytes of all calls in the memory of one process; Mailgun's lock is in the body
BEGINNING_S, BYTES_A_SECOND = 20.0, 500_000  # a slower caller would hold a thread for nothing


class Interrupted(Exception):
    """The caller hung up before the end, or was too slow."""


class Busy(Exception):
    """Too many large calls at once: this one must be retried."""


@dataclass(frozen=True, slots=True)
class Body:
    """``data`` is all of it, or its beginning when it exceeded the limit; then ``tail`` is its end."""

    data: bytes
    size: int
    tail: bytes = b""

    @property
    def is_whole(self) -> bool:
        return self.size == len(self.data)


def most_bytes() -> int:
    """Return the size of the largest mail, encoded in base64 and JSON."""
    return settings.MAIL_MAX_BYTES * 14 // 10


@contextmanager
def body_of(request: HttpRequest) -> Iterator[Body]:
    """Yield the body of a call, in memory until the block ends; raises Interrupted or Busy."""
    room = _Room()
    try:
        with _hang_up_in_time(request):
            body = _read(request, room)
        yield body
    finally:
        room.leave()


def _read(request: HttpRequest, room: "_Room") -> Body:
    """Read up to the limit, and drain the rest so that the caller gets our answer.

    Our web server did so before us (``accepts_body(cuts=…)``): it says what it dropped.
    """
    limit = most_bytes()
    kept, tail, size = bytearray(), request.META.get(TAIL, b""), 0
    for piece in _pieces(request):
        size += len(piece)
        if size > DRAINED * limit:
            raise Interrupted
        taken = piece[: limit - len(kept)]
        room.take(len(taken))
        kept += taken
        if size > limit:
            tail = (tail + piece)[-TAIL_BYTES:]
    _check_length(request, size)
    return Body(bytes(kept), size + request.META.get(DROPPED, 0), tail)


class _Room:
    """The memory of one call, counted with that of all others in this process."""

    _lock, _in_all = Lock(), 0

    def __init__(self) -> None:
        self._mine = 0

    def take(self, size: int) -> None:
        with self._lock:
            if _Room._in_all + size > IN_FLIGHT:
                raise Busy
            _Room._in_all += size
        self._mine += size

    def leave(self) -> None:
        with self._lock:
            _Room._in_all -= self._mine
        self._mine = 0


@contextmanager
def _hang_up_in_time(request: HttpRequest) -> Iterator[None]:
    """Close the connection of a slow caller: the web server would wait forever, in one of its threads."""
    line = request.META.get("gunicorn.socket")
    announced = str(request.META.get("CONTENT_LENGTH") or "")
    size = min(int(announced), DRAINED * most_bytes()) if announced.isdecimal() else most_bytes()
    end = End(BEGINNING_S + size / BYTES_A_SECOND)
    if line is not None:
        end.begin(line)
    try:
        yield
    finally:
        end.forget()


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    stream = _stream(request)
    try:
        while piece := stream.read(CHUNK):
            yield piece
    except OSError as error:
        raise Interrupted from error


def _stream(request: HttpRequest) -> Any:
    """Return the stream to read: Django reads nothing without a length, the server knows the end."""
    is_chunked = not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated")
    return request.META["wsgi.input"] if is_chunked else request


def _check_length(request: HttpRequest, size: int) -> None:
    announced = str(request.META.get("CONTENT_LENGTH") or "")
    if announced.isdecimal() and int(announced) != size:
        raise Interrupted
