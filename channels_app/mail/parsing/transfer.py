"""Decodes the transfer encodings, broken ones too."""

import binascii
import re

BASE64_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
NOT_BASE64 = bytes(byte for byte in range(256) if byte not in BASE64_SIGNS)
UU_BEGIN = re.compile(rb"(?m)^begin[ \t]+([0-7]{3,4})[ \t]+([^\r\n]{1,255})\r?$")


def undo(data: bytes, declared: str) -> bytes:
    """Return the decoded bytes of a part; an unknown encoding means none."""
    encoding = declared.partition(";")[0].strip(" \t\r\n\"'<>.").lower()
    if encoding in ("base64", "base-64", "b64", "x-base64"):
        return decode_base64(data)
    if encoding in ("quoted-printable", "quoted_printable", "quotedprintable", "qp"):
        return binascii.a2b_qp(data)
    if encoding in ("uuencode", "x-uuencode", "uue", "x-uue"):
        return decode_uuencoded(data)
    return data


def decode_base64(data: bytes) -> bytes:
    """Decode base64 with stray characters, a missing end or no padding."""
    data = data.translate(None, NOT_BASE64)
    body = data.partition(b"=")[0] if not data.endswith(b"=") else data.rstrip(b"=")
    body = body.partition(b"=")[0]
    if len(body) % 4 == 1:
        body = body[:-1]
    return binascii.a2b_base64(body + b"=" * (-len(body) % 4))


def decode_uuencoded(data: bytes) -> bytes:
    """Decode one uuencoded file; what has no `begin` line is returned as it is."""
    found = UU_BEGIN.search(data)
    if not found:
        return data
    lines = data[found.end() :].lstrip(b"\r\n").splitlines()
    end = next((number for number, line in enumerate(lines) if line.strip() == b"end"), len(lines))
    return b"".join(_uu_line(line) for line in lines[:end])


def _uu_line(line: bytes) -> bytes:
    """Decode one line; many encoders add a character, or lose trailing spaces."""
    if not line:
        return b""
    signs = (((line[0] - 32) & 63) + 2) // 3 * 4 + 1
    try:
        return binascii.a2b_uu(line[:signs].ljust(signs))
    except binascii.Error:
        return b""
