"""Parses a header block that may contain stray lines, and finds where the body starts."""

import re
from dataclasses import dataclass, field

from .limits import MAX_HEAD_BYTES
from .model import Unreadable
from .words import decode_header

FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
# Names found only in headers: a stray line before one of them does not end the header.
KNOWN = re.compile(
    rb"(?i)(from|to|cc|subject|date|message-id|mime-version|received|return-path|reply-to|sender|in-reply-to"
    rb"|references|content-[a-z-]{2,40}|x-[a-z0-9-]{2,60}|delivered-to|list-[a-z-]{2,20}|precedence"
    rb"|auto-submitted|dkim-signature|user-agent|importance|thread-[a-z]{4,6})[ \t]*:"
)
PARAMETER = re.compile(rb"(?i)(?:boundary|charset|name|filename|type|report-type|format)[*0-9]{0,4}=")
BLANK = (b"", b"\r")


@dataclass(slots=True)
class Head:
    """The fields of one header block, in order, names in lower case."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    stray_lines: int = 0

    def raw(self, name: str) -> bytes:
        """Return the first value of a field, b"" when absent."""
        return next((value for key, value in self.fields if key == name), b"")

    def all_raw(self, name: str) -> list[bytes]:
        return [value for key, value in self.fields if key == name]

    def text(self, name: str, hint: str = "") -> str:
        return decode_header(self.raw(name), hint)

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.fields)


def read_head(data: bytes, start: int = 0) -> tuple[Head, int]:
    """Parse the header block at `start`; return it with the position where the body begins."""
    head = Head()
    at = start
    while at < len(data):
        if at - start > MAX_HEAD_BYTES:
            raise Unreadable("L’en-tête de ce courriel dépasse 64 Ko.")
        line, following = _line(data, at)
        if line in BLANK:
            return head, following
        if not _take(head, line) and not _is_stray(data, at, following, head):
            return head, at
        at = following
    return head, at


def _line(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\n", at)
    return (data[at:end], end + 1) if end >= 0 else (data[at:], len(data))


def _take(head: Head, line: bytes) -> bool:
    """Add a field, or the continuation of one; returns whether the line was either."""
    if head.fields and (line[:1] in (b" ", b"\t") or _is_unindented_parameter(head, line)):
        name, value = head.fields[-1]
        head.fields[-1] = (name, value + b"\n" + line.rstrip(b"\r"))
        return True
    found = FIELD.match(line)
    if not found:
        return False
    head.fields.append((found[1].decode("ascii").lower(), line[found.end() :].strip(b" \t\r")))
    return True


def _is_unindented_parameter(head: Head, line: bytes) -> bool:
    """Return whether a program folded `Content-Type: …;` without the space before `boundary=`."""
    name, value = head.fields[-1]
    return name.startswith("content-") and value.rstrip().endswith(b";") and bool(PARAMETER.match(line))


def _is_stray(data: bytes, at: int, following: int, head: Head) -> bool:
    """Return whether a line is lost in the header (more fields follow), not a body without blank line."""
    if data[at : at + 5] == b"From " or data[at : at + 6] == b">From ":
        return True
    for _ in range(20):
        line, after = _line(data, following)
        if line in BLANK or after == following:
            return False
        if KNOWN.match(line):
            head.stray_lines += 1
            return True
        following = after
    return False
