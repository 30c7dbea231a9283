"""Splits a mail into its parts, whatever its boundaries look like; cheap, and bounded."""

import collections
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from .charsets import decode
from .headers import Head, read_head
from .limits import MAX_DEPTH, MAX_PARTS
from .model import Unreadable
from .parameters import Parameters, read_parameters
from .transfer import undo

LOOKED_AT = 64 * 1024  # bytes of a body in which a delimiter is searched


@dataclass(slots=True)
class Part:
    """A part: a leaf has bytes, a multipart has children."""

    head: Head
    type: str
    parameters: Parameters
    disposition: Parameters
    encoding: str
    body: bytes
    children: list["Part"] = field(default_factory=list)
    preamble: bytes = b""
    word: str = ""  # its type, when the bytes do not say it

    def data(self) -> bytes:
        """Return the bytes without transfer encoding."""
        return undo(self.body, self.encoding)

    def file_name(self) -> str:
        """Return the declared name, "" when there is none."""
        return self.disposition.get("filename") or self.parameters.get("name")

    def text(self, default_charset: str = "") -> str:
        """Return the decoded text, lines ended by \\n."""
        text = decode(self.data(), self.parameters.get("charset") or default_charset)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def walk(self) -> Iterator["Part"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Counter:
    """Counts the parts of one mail."""

    def __init__(self) -> None:
        self.parts = 0

    def add(self) -> None:
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise Unreadable("Ce courriel compte plus de 500 parties.")


def read_tree(raw: bytes) -> Part:
    """Parse a whole mail."""
    if b"\n" not in raw:  # lines ended by CR alone
        raw = raw.replace(b"\r", b"\n")
    start = len(raw) - len(raw.lstrip(b"\r\n\t "))
    return _part(raw[start:], "text/plain", 0, Counter())


def _part(data: bytes, default_type: str, depth: int, counter: Counter) -> Part:
    counter.add()
    if depth > MAX_DEPTH:
        raise Unreadable("Ce courriel est emboîté sur plus de 20 niveaux.")
    head, at = read_head(data)
    part = _describe(head, data[at:], default_type)
    if part.type.startswith("multipart/"):
        _open(part, depth, counter)
    return part


def _describe(head: Head, body: bytes, default_type: str) -> Part:
    parameters = read_parameters(head.raw("content-type"))
    disposition = read_parameters(head.raw("content-disposition"))
    kind = parameters.value or default_type
    if "/" not in kind:
        kind = {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}.get(kind, kind)
    if "/" not in kind:  # no type: a name makes it a file
        has_name = "filename" in disposition.raw or "name" in parameters.raw
        kind = "application/octet-stream" if has_name else default_type
    encoding = head.text("content-transfer-encoding").lower()
    return Part(head, kind, parameters, disposition, encoding, body)


def _open(part: Part, depth: int, counter: Counter) -> None:
    """Parse the children of a multipart; one without usable boundary becomes a text."""
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    boundary = part.parameters.get_bytes("boundary").strip()
    pieces = _cut(part.body, boundary) if boundary else None
    if pieces is None:
        boundary = _found_boundary(part.body)
        pieces = _cut(part.body, boundary) if boundary else None
    if pieces is None:
        part.type = "text/html" if part.body[:2000].lower().find(b"<html") >= 0 else "text/plain"
        return
    part.preamble = pieces[0]
    part.children = [_part(piece, default, depth + 1, counter) for piece in pieces[1:]]


def _cut(body: bytes, boundary: bytes) -> list[bytes] | None:
    """Return the preamble, then the parts; None when the boundary never comes."""
    pieces: list[bytes] = []
    start, inside = 0, True
    for begin, end, closing in _delimiters(body, boundary):
        if inside:
            pieces.append(_drop_last_newline(body[start:begin]))
        if len(pieces) > MAX_PARTS + 1:
            raise Unreadable("Ce courriel compte plus de 500 parties.")
        start, inside = end, not closing
    if not pieces:
        return None
    rest = body[start:]
    if inside and (rest.strip() or len(pieces) == 1):
        pieces.append(rest)
    return pieces


def _delimiters(body: bytes, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield the delimiter lines: where each begins, where the next line begins, whether it closes."""
    mark, at = b"--" + boundary, 0
    while (at := body.find(mark, at)) >= 0:
        end = body.find(b"\n", at)
        end = len(body) if end < 0 else end
        tail = body[at + len(mark) : min(end, at + len(mark) + 200)].strip(b" \t\r")
        is_line_start = at == 0 or body[at - 1 : at] in (b"\n", b"\r")
        if is_line_start and tail in (b"", b"--"):
            yield at, min(end + 1, len(body)), tail == b"--"
        at = max(end, at + len(mark))


def _drop_last_newline(piece: bytes) -> bytes:
    """Remove the newline before a delimiter: it belongs to the delimiter."""
    if piece.endswith(b"\r\n"):
        return piece[:-2]
    return piece[:-1] if piece.endswith((b"\n", b"\r")) else piece


def _found_boundary(body: bytes) -> bytes:
    """Find the delimiter in the body when the header has none, or another one.

    It is a line that starts with two dashes, precedes a field, and opens the body or repeats.
    """
    lines = [line.rstrip(b"\r\t ") for line in body[:LOOKED_AT].strip().split(b"\n")]
    seen = collections.Counter(line.removesuffix(b"--") for line in lines if line.startswith(b"--"))
    for number, (line, following) in enumerate(itertools.pairwise(lines)):
        is_delimiter = len(line) > 2 and (number == 0 or seen[line] > 1)
        if is_delimiter and line.startswith(b"--") and following[:8].lower() == b"content-":
            return line[2:]
    return b""
