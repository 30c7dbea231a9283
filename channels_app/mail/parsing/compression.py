"""Decompresses Outlook's rich text (MS-OXRTFCP)."""

import struct

MAX_TEXT = 1_000_000  # bytes unpacked
HEADER = struct.Struct("<IIII")
COMPRESSED, STORED = 0x75465A4C, 0x414C454D
WINDOW = 4096
# The initial dictionary of every compressed text.
DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpack(data: bytes) -> bytes:
    """Decompress; b"" for what is no such text, the part that was read for one that was cut."""
    if len(data) < HEADER.size:
        return b""
    _packed, size, kind, _sum = HEADER.unpack_from(data)
    if kind == STORED:
        return data[HEADER.size : HEADER.size + min(size, MAX_TEXT)]
    return _unpack(data, min(size, MAX_TEXT)) if kind == COMPRESSED else b""


def _unpack(data: bytes, size: int) -> bytes:
    out, at, end = bytearray(DICTIONARY), HEADER.size, len(DICTIONARY) + size
    while at < len(data) and len(out) < end:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data) or len(out) >= end:
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            reference = int.from_bytes(data[at : at + 2])
            at += 2
            back = (len(out) - (reference >> 4)) % WINDOW
            if not back:
                return bytes(out[len(DICTIONARY) : end])
            _repeat(out, back, (reference & 15) + 2)
    return bytes(out[len(DICTIONARY) : end])


def _repeat(out: bytearray, back: int, count: int) -> None:
    """Copy bytes from some distance back; the copy may overlap what it writes."""
    start = len(out) - back
    if start < 0:
        out += b" " * count
        return
    piece = bytes(out[start : start + count])
    out += (piece * (count // len(piece) + 1))[:count]
