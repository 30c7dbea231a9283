"""The body of a call, whatever its size: Django's own limit of 2.5 MB would refuse photos (threats: M01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

CHUNK = 256 * 1024
TAIL = 64 * 1024
DRAINED = 4  # times the limit: whoever sends more than that is cut off without an answer


class Interrupted(Exception):
    """The caller hung up before the end."""


@dataclass(frozen=True, slots=True)
class Body:
    """``data`` is all of it, or its beginning when it passed the limit; then ``tail`` is its end."""

    data: bytes
    size: int
    tail: bytes = b""

    @property
    def is_whole(self) -> bool:
        return self.size == len(self.data)


def most_bytes() -> int:
    """A mail of the largest size, grown by base64 and JSON."""
    return settings.MAIL_MAX_BYTES * 14 // 10


def read_body(request: HttpRequest) -> Body:
    """Read up to the limit, and hear the rest out so that the caller gets our answer; raises Interrupted."""
    limit = most_bytes()
    kept, tail, size = bytearray(), b"", 0
    for piece in _pieces(request):
        size += len(piece)
        if size > DRAINED * limit:
            raise Interrupted
        kept += piece[: limit - len(kept)]
        if size > limit:
            tail = (tail + piece)[-TAIL:]
    _check_length(request, size)
    return Body(bytes(kept), size, tail)


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    stream = _stream(request)
    try:
        while piece := stream.read(CHUNK):
            yield piece
    except OSError as error:
        raise Interrupted from error


def _stream(request: HttpRequest) -> Any:
    """Django reads nothing of a body whose length is not announced; the server knows its end."""
    is_chunked = not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated")
    return request.META["wsgi.input"] if is_chunked else request


def _check_length(request: HttpRequest, size: int) -> None:
    announced = str(request.META.get("CONTENT_LENGTH") or "")
    if announced.isdecimal() and int(announced) != size:
        raise Interrupted
