"""The files of a mail: names, bytes, and a description when the name says nothing."""

import mimetypes
import re

from .file_words import word_of
from .headers import read_head
from .model import MailFile
from .tree import Part
from .words import one_line

EXTENSIONS = {
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "text/rfc822-headers": ".txt",
    "text/calendar": ".ics",
    "image/jpg": ".jpg",
    "image/jpeg": ".jpg",
    "image/pjpeg": ".jpg",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
}
# Control characters, and the direction marks that make `exe.pdf` out of `fdp.exe` (M15).
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MAX_NAME = 400


def read_files(parts: list[Part], html: str) -> list[MailFile]:
    """Return the files in the order of the mail; two may have the same name."""
    return [_file(part, number, html) for number, part in enumerate(parts, start=1)]


def _file(part: Part, number: int, html: str) -> MailFile:
    data = part.data()
    content_id = part.head.text("content-id").strip(" <>")
    is_shown = bool(content_id) and f"cid:{content_id}".lower() in html.lower()
    return MailFile(
        name=_name(part, number, data),
        declared_type=part.type[:200],
        data=data,
        content_id=content_id[:500],
        is_inline=part.disposition.value == "inline" or is_shown,
        word=word_of(part, data),
    )


def _name(part: Part, number: int, data: bytes) -> str:
    name = clean_name(part.file_name())
    if name:
        return name
    if part.type in ("message/rfc822", "message/global"):
        head, _ = read_head(data)
        return (clean_name(head.text("subject"))[:150] or "message") + ".eml"
    return f"fichier-{number}{EXTENSIONS.get(part.type) or mimetypes.guess_extension(part.type) or '.bin'}"


def clean_name(name: str) -> str:
    """Remove what cannot be printed; slashes stay, since the storage uses names of its own."""
    return one_line(UNPRINTABLE.sub("", name.replace("\n", " ")))[:MAX_NAME]
