"""Puts the pieces of a mail together again: a worker parses it as if it had come by SMTP."""

import base64
import re
from urllib.parse import quote

from channels_app.mail.webhooks.parcels import Parcel, Piece

# No base64 line begins like these, and neither is a prefix of the other.
OUTER, INNER = "=_gru_mixed", "=_gru_alternative"
NAME = re.compile(r"[!-9;-~]{1,100}")
TYPE = re.compile(r"[a-z0-9.+_-]{1,80}/[a-z0-9.+_-]{1,80}", re.IGNORECASE)
BREAKS = re.compile(r"[\r\n\0]++\s*+")
REPORT = re.compile(
    r"multipart/report\b(?:(?!multipart/report)[^\r\n])*?report-type\s*+=\s*+\"?([a-z-]+)", re.IGNORECASE
)


def write_mail(parcel: Parcel) -> bytes:
    """Return the whole mail, in RFC 822 form."""
    return written_head(parcel) + _body(parcel)


def written_head(parcel: Parcel) -> bytes:
    """Return the header without the MIME fields, which depend on the body."""
    lines = [_field(name, value) for name, value in parcel.headers if _is_kept(name)]
    names = {name.lower() for name, _value in parcel.headers}
    if parcel.return_path is not None and "return-path" not in names:
        lines.insert(0, _field("Return-Path", f"<{parcel.return_path}>"))
    return b"".join(lines)


def _is_kept(name: str) -> bool:
    is_of_body = name.lower().startswith("content-") or name.lower() == "mime-version"
    return bool(NAME.fullmatch(name)) and not is_of_body


def _field(name: str, value: str) -> bytes:
    """Return one field, in UTF-8 (RFC 6532), without line breaks, which would begin another header."""
    return f"{name}: {BREAKS.sub(' ', value).strip()}\r\n".encode("utf-8", "replace")


def _body(parcel: Parcel) -> bytes:
    texts = [_text("plain", parcel.text)] if parcel.text or not parcel.html else []
    texts += [_text("html", parcel.html)] if parcel.html else []
    words = texts[0] if len(texts) == 1 else _multipart("multipart/alternative", INNER, texts)
    if not parcel.files:
        return b"MIME-Version: 1.0\r\n" + words
    parts = [words, *map(_file, parcel.files)]
    return b"MIME-Version: 1.0\r\n" + _multipart(_kind(parcel), OUTER, parts)


def _kind(parcel: Parcel) -> str:
    """Return the multipart type; a report stays one, since that tells machines from people."""
    kind = next((value for name, value in parcel.headers if name.lower() == "content-type"), "")
    report = REPORT.search(kind)
    return f"multipart/report; report-type={report[1].lower()}" if report else "multipart/mixed"


def _multipart(kind: str, boundary: str, parts: list[bytes]) -> bytes:
    mark = f"--{boundary}".encode()
    head = f'Content-Type: {kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def _text(kind: str, text: str) -> bytes:
    return _part(f"Content-Type: text/{kind}; charset=utf-8\r\n", text.encode("utf-8", "replace"))


def _file(piece: Piece) -> bytes:
    kind = piece.content_type.partition(";")[0].strip()
    if not TYPE.fullmatch(kind) or kind.lower().startswith("multipart/"):
        kind = "application/octet-stream"
    place = "inline" if piece.content_id else "attachment"
    name = f"; filename*=utf-8''{quote(piece.name, safe='', errors='replace')}" if piece.name else ""
    head = f"Content-Type: {kind}\r\nContent-Disposition: {place}{name}\r\n"
    if piece.content_id:
        head += f"Content-ID: <{BREAKS.sub('', piece.content_id).strip(' <>')}>\r\n"
    return _part(head, piece.data)


def _part(head: str, data: bytes) -> bytes:
    coded = base64.encodebytes(data).replace(b"\n", b"\r\n")
    return head.encode("utf-8", "replace") + b"Content-Transfer-Encoding: base64\r\n\r\n" + coded
