"""Content-Type and Content-Disposition: a value and its parameters (RFC 2045, RFC 2231, and the rest)."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from .charsets import decode
from .limits import MAX_PARAMETERS
from .words import FOLDS, decode_header

PARAMETER = re.compile(rb'([^\s=;"]{1,80})[ \t]*+=[ \t]*+')
QUOTED = re.compile(rb'(?<!\\)"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
NEXT_PARAMETER = re.compile(rb";[ \t]*+[A-Za-z][A-Za-z0-9*_-]{1,40}+[ \t]*+=")
AFTER_VALUE = re.compile(rb"[;\s]")
SECTION = re.compile(r"\A(.+?)\*(\d{1,3})?+(\*)?+$")
UNESCAPED = re.compile(rb'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Parameters:
    """`value` is lower case; parameters stay bytes until a charset is known."""

    value: str
    raw: dict[str, bytes]

    def get(self, name: str, hint: str = "") -> str:
        """Return a parameter's text, joined when it came in pieces."""
        pieces = _pieces_of(self.raw, name)
        if pieces:
            return _join(pieces)
        return decode_header(self.raw.get(name, b""), hint)

    def get_bytes(self, name: str) -> bytes:
        """Return a parameter's bytes, as the body repeats them, joined when they came in pieces."""
        pieces = _pieces_of(self.raw, name)
        return _joined_bytes(pieces)[1] if pieces else self.raw.get(name, b"")


def read_parameters(field: bytes) -> Parameters:
    """Split a structured field; malformed parts are skipped."""
    field = FOLDS.sub(b" ", field)
    value = AFTER_VALUE.split(field.strip(), maxsplit=1)[0] if field.strip() else b""
    if b"=" in value:  # `charset=utf-8` without any type
        value = b""
    raw: dict[str, bytes] = {}
    at = len(value)
    for _ in range(MAX_PARAMETERS):
        found = PARAMETER.search(field, at)
        if not found:
            break
        data, at = _value(field, found.end())
        raw.setdefault(found[1].decode("ascii", "replace").lower(), data)
    return Parameters(value.decode("ascii", "replace").strip(" \"'").lower(), raw)


def _value(field: bytes, at: int) -> tuple[bytes, int]:
    """Read one value; an unquoted one continues over a `;` that starts no other parameter."""
    quoted = QUOTED.match(field, at)
    if quoted:
        return UNESCAPED.sub(rb"\1", quoted[1]), quoted.end()
    following = NEXT_PARAMETER.search(field, at)
    end = following.start() if following else len(field)
    return field[at:end].strip(b" \t\r\n;").strip(b'"'), end


def _pieces_of(raw: dict[str, bytes], name: str) -> list[tuple[int, bool, bytes]]:
    pieces = []
    for key, data in raw.items():
        found = SECTION.match(key) if key.startswith(name + "*") else None
        if found and found[1] == name:
            pieces.append((int(found[2] or 0), bool(found[3]) or found[2] is None, data))
    return sorted(pieces, key=lambda piece: piece[0])


def _join(pieces: list[tuple[int, bool, bytes]]) -> str:
    charset, data = _joined_bytes(pieces)
    return decode_header(data) if b"=?" in data else decode(data, charset)


def _joined_bytes(pieces: list[tuple[int, bool, bytes]]) -> tuple[str, bytes]:
    """Join RFC 2231 sections; only the first one names the charset."""
    charset, out = "", b""
    for number, (_, is_extended, data) in enumerate(pieces):
        if is_extended and number == 0 and data.count(b"'") >= 2:
            label, _language, data = data.split(b"'", 2)
            charset = label.decode("ascii", "replace")
        out += unquote_to_bytes(data) if is_extended else data
    return charset, out
