"""The text of a header: encoded words (RFC 2047), raw 8-bit bytes, and mixtures of both."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .charsets import codec_of, decode
from .transfer import decode_base64

START = re.compile(rb"=\?([^?\s]{1,80})\?([bBqQ])\?")
FOLDS = re.compile(rb"(?:\r\n|\r|\n)[ \t]*")
SPACES = re.compile(r"[ \t\r\n\v\f]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bytes and its declared charset; plain runs have no encoding."""

    data: bytes
    charset: str
    encoding: str


def decode_header(value: bytes, hint: str = "") -> str:
    """Decode a header value; raw bytes that are not UTF-8 are read as `hint`."""
    value = FOLDS.sub(b" ", value)
    if b"=?" not in value:
        return _decode_unlabelled(value, hint).strip()
    pieces = _merge(list(_pieces(value)))
    return "".join(_text(piece, hint) for piece in pieces).strip()


def one_line(text: str) -> str:
    """Fold every run of white space into one space."""
    return SPACES.sub(" ", text).strip()


def _pieces(value: bytes) -> Iterator[Piece]:
    """Cut a value into plain runs and encoded words, in one pass."""
    at = 0
    for start in START.finditer(value):
        if start.start() < at:
            continue
        end = _word_end(value, start.end())
        if start.start() > at:
            yield Piece(value[at : start.start()], "", "")
        yield _word(start, value[start.end() : end])
        at = end + 2
    if at < len(value):
        yield Piece(value[at:], "", "")


def _word_end(value: bytes, start: int) -> int:
    """Find where an encoded word ends; a truncated one ends at the next one, or at the end."""
    end = value.find(b"?=", start)
    # In quoted-printable the text may begin by "=": `?Q?=41?=` has a false end right at its start.
    if end == start - 1:
        end = value.find(b"?=", start + 1)
    return end if end >= 0 else len(value)


def _word(start: re.Match[bytes], data: bytes) -> Piece:
    encoding = start[2].lower().decode()
    charset = start[1].decode("ascii", "replace").partition("*")[0]
    if encoding == "b":
        return Piece(decode_base64(data), charset, encoding)
    return Piece(binascii.a2b_qp(data.replace(b"\n", b""), header=True), charset, encoding)


def _merge(pieces: list[Piece]) -> list[Piece]:
    """Drop white space between words, and join words of one charset: a character may be split."""
    merged: list[Piece] = []
    for number, piece in enumerate(pieces):
        between = 0 < number < len(pieces) - 1 and not piece.encoding and not piece.data.strip()
        if between:
            continue
        last = merged[-1] if merged else None
        if last and piece.encoding and last.encoding and last.charset.lower() == piece.charset.lower():
            merged[-1] = Piece(last.data + piece.data, last.charset, last.encoding)
        else:
            merged.append(piece)
    return merged


def _text(piece: Piece, hint: str) -> str:
    if not piece.encoding:
        return _decode_unlabelled(piece.data, hint)
    if not codec_of(piece.charset):
        return _decode_unlabelled(piece.data, hint)
    return decode(piece.data, piece.charset)


def _decode_unlabelled(data: bytes, hint: str) -> str:
    """Decode raw bytes: in a header, UTF-8 is more frequent than the charset of the body."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data, hint)
    return decode(data)
