"""The files of a mail: their names, their bytes, and a word for those whose name says nothing."""

import mimetypes
import re

from .bodies import file_name
from .headers import read_head
from .model import MailFile
from .tree import Part
from .words import one_line

WORDS = {
    "message/rfc822": "message transféré",
    "message/global": "message transféré",
    "message/partial": "fragment de message",
    "message/delivery-status": "avis de distribution",
    "message/disposition-notification": "accusé de lecture",
    "message/feedback-report": "signalement d’abus",
    "text/rfc822-headers": "en-têtes du message d’origine",
    "text/calendar": "invitation",
    "application/ics": "invitation",
    "text/vcard": "carte de visite",
    "text/x-vcard": "carte de visite",
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/pgp-signature": "signature PGP",
    "application/pgp-encrypted": "message chiffré PGP",
    "application/pgp-keys": "clé PGP",
    "application/pkcs7-signature": "signature S/MIME",
    "application/x-pkcs7-signature": "signature S/MIME",
    "application/pkcs7-mime": "message signé ou chiffré S/MIME",
    "application/x-pkcs7-mime": "message signé ou chiffré S/MIME",
}
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
# Control signs, and the direction marks that make `exe.pdf` out of `fdp.exe` (M15).
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TNEF_MARK = b"\x78\x9f\x3e\x22"
MAX_NAME = 400


def read_files(parts: list[Part], html: str) -> list[MailFile]:
    """Give the files in the order of the mail; two may bear the same name."""
    return [_file(part, number, html) for number, part in enumerate(parts, start=1)]


def _file(part: Part, number: int, html: str) -> MailFile:
    data = part.data()
    content_id = part.head.text("content-id").strip(" <>")
    is_tnef = data.startswith(TNEF_MARK)
    word = "winmail.dat" if is_tnef else WORDS.get(part.type, "")
    is_shown = bool(content_id) and f"cid:{content_id}".lower() in html.lower()
    return MailFile(
        name=_name(part, number, data),
        declared_type=part.type[:200],
        data=data,
        content_id=content_id[:500],
        is_inline=part.disposition.value == "inline" or is_shown,
        word=word,
    )


def _name(part: Part, number: int, data: bytes) -> str:
    name = clean_name(file_name(part))
    if name:
        return name
    if part.type in ("message/rfc822", "message/global"):
        head, _ = read_head(data)
        return (clean_name(head.text("subject"))[:150] or "message") + ".eml"
    return f"fichier-{number}{EXTENSIONS.get(part.type) or mimetypes.guess_extension(part.type) or '.bin'}"


def clean_name(name: str) -> str:
    """Drop what cannot be printed; slashes stay, for the store uses names of its own."""
    return one_line(UNPRINTABLE.sub("", name.replace("\n", " ")))[:MAX_NAME]
