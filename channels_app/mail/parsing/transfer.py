"""Undo the transfer encodings, also the broken ones."""

import binascii
import re

BASE64_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
NOT_BASE64 = bytes(byte for byte in range(256) if byte not in BASE64_SIGNS)
UU_BEGIN = re.compile(rb"(?m)^begin[ \t]+([0-7]{3,4})[ \t]+([^\r\n]{1,255})\r?$")


def undo(data: bytes, declared: str) -> bytes:
    """Give the bytes of a part; an unknown encoding means none."""
    encoding = declared.partition(";")[0].strip(" \t\r\n\"'<>.").lower()
    if encoding in ("base64", "base-64", "b64", "x-base64"):
        return from_base64(data)
    if encoding in ("quoted-printable", "quoted_printable", "quotedprintable", "qp"):
        return binascii.a2b_qp(data)
    if encoding in ("uuencode", "x-uuencode", "uue", "x-uue"):
        return from_uuencode(data)
    return data


def from_base64(data: bytes) -> bytes:
    """Decode base64 with stray signs, a missing end or no padding."""
    data = data.translate(None, NOT_BASE64)
    body = data.partition(b"=")[0] if not data.endswith(b"=") else data.rstrip(b"=")
    body = body.partition(b"=")[0]
    if len(body) % 4 == 1:
        body = body[:-1]
    return binascii.a2b_base64(body + b"=" * (-len(body) % 4))


def from_uuencode(data: bytes) -> bytes:
    """Decode one uuencoded file; what has no `begin` line is given back as it is."""
    found = UU_BEGIN.search(data)
    return uu_lines(data[found.end() :])[0] if found else data


def uu_lines(data: bytes) -> tuple[bytes, int]:
    """Decode lines up to `end`; also say how many bytes were read."""
    out, at = [], 0
    while at < len(data):
        stop = data.find(b"\n", at)
        stop = len(data) if stop < 0 else stop
        line = data[at:stop].rstrip(b"\r\n")
        at = min(stop + 1, len(data))
        if line.strip() == b"end":
            break
        out.append(_uu_line(line))
    return b"".join(out), at


def _uu_line(line: bytes) -> bytes:
    if not line:
        return b""
    length = ((line[0] - 32) & 63) * 4 // 3 + 1
    try:  # many encoders count wrong and leave a sign too much, or lose the spaces at the end
        return binascii.a2b_uu(line[: ((((line[0] - 32) & 63) + 2) // 3) * 4 + 1].ljust(length))
    except binascii.Error:
        return b""
