"""The properties of Outlook's envelopes (MS-OXTNEF, MS-OXPROPS), only those we need."""

import codecs
import struct
from dataclasses import dataclass

from .charsets import decode

BODY, BODY_HTML, BODY_RTF, SUBJECT, CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x0037, 0x3FDE
FILE_DATA, FILE_SHORT, FILE_LONG, FILE_TYPE, FILE_ID, DISPLAY_NAME = (
    0x3701,
    0x3704,
    0x3707,
    0x370E,
    0x3712,
    0x3001,
)
MAX_PROPERTIES = 2_000
MAX_VALUES = 1_000  # of one property
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
OBJECT, TEXT_OF_A_CODE_PAGE, UNICODE, BINARY = 0x0D, 0x1E, 0x1F, 0x102
MULTIPLE, NAMED = 0x1000, 0x8000


class Broken(Exception):
    """The bytes are not an envelope, or one that was cut."""


@dataclass(slots=True)
class Reader:
    """Reads forward in bytes whose lengths may be wrong."""

    data: bytes
    at: int = 0

    def take(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise Broken
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, code: str) -> int:
        value: int = struct.unpack(f"<{code}", self.take(struct.calcsize(f"<{code}")))[0]
        return value

    def take_padded(self, size: int) -> bytes:
        taken = self.take(size)
        self.at = min(self.at + -size % 4, len(self.data))
        return taken


def read_properties(data: bytes) -> dict[int, bytes]:
    """Return the first value of each property by its number; of a cut block, what precedes the cut."""
    reader, found = Reader(data), dict[int, bytes]()
    try:
        for _ in range(min(reader.number("I"), MAX_PROPERTIES)):
            kind, number = reader.number("H"), reader.number("H")
            if number >= NAMED:
                _skip_name(reader)
            value = _value(reader, kind)
            is_unicode = kind & ~MULTIPLE == UNICODE
            found.setdefault(number, _utf8(value) if is_unicode else value)
    except Broken:
        pass
    return found


def _utf8(value: bytes) -> bytes:
    """Convert UTF-16 to UTF-8 with a BOM, whatever the code page of the rest."""
    return codecs.BOM_UTF8 + value.decode("utf-16-le", "ignore").encode("utf-8", "ignore")


def text_in(value: bytes, code_page: str) -> str:
    """Return the text of a property, up to the zero that ends it."""
    return decode(value.partition(b"\x00")[0], code_page)


def _skip_name(reader: Reader) -> None:
    reader.take(16)
    if reader.number("I") == 0:
        reader.take(4)
    else:
        reader.take_padded(reader.number("I"))


def _value(reader: Reader, kind: int) -> bytes:
    base = kind & ~MULTIPLE
    if base in FIXED:
        count = reader.number("I") if kind & MULTIPLE else 1
        values = [reader.take(FIXED[base]) for _ in range(_check_count(count))]
    elif base in (OBJECT, TEXT_OF_A_CODE_PAGE, UNICODE, BINARY):
        values = [reader.take_padded(reader.number("I")) for _ in range(_check_count(reader.number("I")))]
    else:
        raise Broken
    return values[0] if values else b""


def _check_count(count: int) -> int:
    if count > MAX_VALUES:
        raise Broken
    return count
