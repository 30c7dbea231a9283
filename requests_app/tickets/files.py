"""Files that came with a message: stored under our own names, typed by their bytes (threats: M15)."""

import hashlib
import unicodedata
from collections.abc import Iterable

import filetype
from django.conf import settings
from django.core.files.base import ContentFile

from requests_app.lib.enqueue import enqueue
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Attachment, Touchpoint

UNKNOWN = "application/octet-stream"
NAMELESS = "fichier"
MAX_LENGTH = 250  # characters; the column holds 255


def content_type(data: bytes) -> str:
    """Return the type the bytes have: plain text when they are, a generic type when unknown."""
    if kind := filetype.guess(data):
        return str(kind.mime)
    try:
        data[:4096].decode("utf-8", errors="strict" if len(data) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return UNKNOWN
    return UNKNOWN if b"\0" in data[:4096] or data[:1] == b"<" else "text/plain"


def clean_name(given: str) -> str:
    """Return a name that is safe to show and to propose for saving: no path, control or bidi character."""
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = " ".join(name.split()).strip(" .")
    if len(name) > MAX_LENGTH:
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem[: MAX_LENGTH - 12]}…{dot}{suffix[:10]}" if dot and stem else name[:MAX_LENGTH]
    return name or NAMELESS


def attach(touchpoint: Touchpoint, files: Iterable[SaidFile]) -> list[Attachment]:
    """Store the files, then insert their rows in one statement; a failed transaction leaves no row.

    Raises OSError when the disk is full: the arrival then stays pending (threats: F05).
    """
    rows = [_row(touchpoint, f) for f in files]
    written: list[Attachment] = []
    try:
        for row, said in zip(rows, files, strict=True):
            row.file.save("", ContentFile(said.data), save=False)
            written.append(row)
        saved = Attachment.objects.bulk_create(rows)
    except Exception:
        discard(written)
        raise
    if settings.CLAMAV_URL:
        enqueue("tickets.scan_touchpoint", touchpoint_id=touchpoint.pk)
    return saved


def discard(rows: Iterable[Attachment]) -> None:
    """Delete the stored bytes of rows that were not saved, or no longer exist."""
    for row in rows:
        if row.file.name:
            row.file.storage.delete(row.file.name)


def _row(touchpoint: Touchpoint, said: SaidFile) -> Attachment:
    return Attachment(
        touchpoint=touchpoint,
        name=clean_name(said.name),
        size=len(said.data),
        sha256=hashlib.sha256(said.data).hexdigest(),
        content_type=content_type(said.data),
        declared_type=said.declared_type[:200],
        content_id=said.content_id[:255],
        is_inline=said.is_inline,
        word=said.word[:80],
        control=Attachment.Control.WAITING if settings.CLAMAV_URL else Attachment.Control.NONE,
    )
