"""Ask clamd whether a file is infected (its INSTREAM command); without a scanner nothing is asked.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd
"""

import contextlib
import socket
import struct
from collections.abc import Iterator
from typing import IO
from urllib.parse import urlsplit

CHUNK = 64 * 1024
SECONDS = 30.0  # for each answer; clamd itself gives up on a file after two minutes
MAX_ANSWER_LENGTH = 4096
LENGTH = struct.Struct(">L")


class Unavailable(Exception):
    """The scanner is away, busy or does not answer as clamd does: nobody knows yet."""


class TooBig(Exception):
    """The scanner does not take files of this size (its StreamMaxLength)."""


def is_address(url: str) -> bool:
    """Tell whether a setting is `tcp://host:port` or `unix:///path/of/clamd.sock`."""
    try:
        place = urlsplit(url)
        is_tcp = place.scheme == "tcp" and bool(place.hostname and place.port)
    except ValueError:
        return False
    return is_tcp or (place.scheme == "unix" and len(place.path) > 1)


def virus_in(stream: IO[bytes], *, url: str, seconds: float = SECONDS) -> str:
    """Return the name of the virus found, "" when the file is clean; raise Unavailable or TooBig."""
    try:
        with _connect(url, seconds) as line:
            return _verdict(_scan(line, stream))
    except OSError as error:
        raise Unavailable(type(error).__name__) from error


@contextlib.contextmanager
def _connect(url: str, seconds: float) -> Iterator[socket.socket]:
    place = urlsplit(url)
    if place.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        with line:
            line.connect(place.path)
            yield line
        return
    with socket.create_connection((place.hostname or "", place.port or 0), seconds) as line:
        yield line


def _scan(line: socket.socket, stream: IO[bytes]) -> str:
    """Send the file in chunks; clamd may answer and close before the end of one that is too big."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        while chunk := stream.read(CHUNK):
            line.sendall(LENGTH.pack(len(chunk)) + chunk)
        line.sendall(LENGTH.pack(0))
    answer = b""
    while b"\0" not in answer and len(answer) < MAX_ANSWER_LENGTH:
        piece = line.recv(MAX_ANSWER_LENGTH)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(answer: str) -> str:
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND").strip() or "?"
    if "size limit exceeded" in said:
        raise TooBig
    raise Unavailable("unexpected answer")
