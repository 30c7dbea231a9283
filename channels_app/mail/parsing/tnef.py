"""Outlook's own envelope, `winmail.dat`: its text and its files (MS-OXTNEF).

Hostile like the rest of a mail: every length is checked, and a cut envelope gives what precedes the cut.
"""

import re
from dataclasses import dataclass, field

from . import mapi, rtf
from .mapi import Broken, Reader

MARK = b"\x78\x9f\x3e\x22"
TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
MAX_DEPTH = 3  # a mail in an envelope in an envelope
MAX_ENVELOPES = 5
MAX_FILES = 100
MAX_ATTRIBUTES = 5_000
CODE_PAGE, BODY, PROPERTIES, SUBJECT = 0x00069007, 0x0002800C, 0x00069003, 0x00018004
NEW_FILE, FILE_NAME, FILE_DATA, FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
# The interface of a message inside an attachment; the bytes that follow are an envelope.
MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
INTERFACE_BYTES = 16
OLE = b"\xd0\xcf\x11\xe0"
TYPE = re.compile(r"[a-z0-9.+-]{1,100}/[a-z0-9.+-]{1,100}")


@dataclass(slots=True)
class Enclosed:
    """A file of an envelope."""

    name: str = ""
    data: bytes = b""
    type: str = ""
    content_id: str = ""


@dataclass(slots=True)
class Envelope:
    subject: str = ""
    text: str = ""
    html: str = ""
    rich: bytes = b""  # compressed; opened when there is nothing else to read
    files: list[Enclosed] = field(default_factory=list)

    def has_words(self) -> bool:
        return bool(self.text.strip() or self.html.strip())

    def open_rich(self) -> None:
        """Read the rich text, unless a plainer form of the same text exists."""
        if self.rich and not self.has_words():
            body = rtf.read_compressed(self.rich)
            self.text, self.html = body.text, body.html


@dataclass(slots=True)
class Budget:
    """Counts the envelopes of one mail, nested ones too."""

    left: int = MAX_ENVELOPES

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def read_envelope(data: bytes, budget: Budget, *, depth: int = 1) -> Envelope | None:
    """Return the text and files of an envelope; None when it is not one, or is empty."""
    if not data.startswith(MARK) or depth > MAX_DEPTH or not budget.spend():
        return None
    envelope = _Reading(budget, depth).read(data)
    for file in envelope.files[:MAX_FILES]:
        inner = read_envelope(file.data, budget, depth=depth + 1)
        envelope.files += inner.files if inner else []
    envelope.files = [file for file in envelope.files if file.data][:MAX_FILES]
    return envelope if envelope.files or envelope.has_words() or envelope.rich else None


class _Reading:
    """One pass over the attributes of an envelope."""

    def __init__(self, budget: Budget, depth: int) -> None:
        self.budget, self.depth, self.code_page = budget, depth, "cp1252"
        self.envelope = Envelope()

    def read(self, data: bytes) -> Envelope:
        reader = Reader(data, len(MARK) + 2)
        try:
            for _ in range(MAX_ATTRIBUTES):
                reader.take(1)  # the level, which the numbers also imply
                number, size = reader.number("I"), reader.number("I")
                self._take(number, reader.take(min(size, len(data) - reader.at)))
                reader.take(2)  # a checksum, which many programs get wrong
        except Broken:
            pass
        return self.envelope

    def _take(self, number: int, value: bytes) -> None:
        envelope = self.envelope
        if number == CODE_PAGE and len(value) >= 4:
            self.code_page = f"cp{Reader(value).number('I')}"
        elif number == SUBJECT:
            envelope.subject = mapi.text_in(value, self.code_page)
        elif number == BODY:
            envelope.text = mapi.text_in(value, self.code_page)
        elif number == PROPERTIES:
            self._take_message(mapi.read_properties(value))
        elif number == NEW_FILE:
            envelope.files.append(Enclosed())
        elif envelope.files:
            self._take_file(envelope.files[-1], number, value)

    def _take_message(self, properties: dict[int, bytes]) -> None:
        envelope = self.envelope
        envelope.subject = mapi.text_in(properties.get(mapi.SUBJECT, b""), self.code_page) or envelope.subject
        envelope.text = envelope.text or mapi.text_in(properties.get(mapi.BODY, b""), self.code_page)
        page = properties.get(mapi.CODE_PAGE, b"")
        label = f"cp{Reader(page).number('I')}" if len(page) == 4 else ""
        envelope.html = mapi.text_in(properties.get(mapi.BODY_HTML, b""), label)
        envelope.rich = properties.get(mapi.BODY_RTF, b"")

    def _take_file(self, file: Enclosed, number: int, value: bytes) -> None:
        if number == FILE_NAME:
            file.name = file.name or mapi.text_in(value, self.code_page)
        elif number == FILE_DATA:
            file.data = file.data or value
        elif number == FILE_PROPERTIES:
            self._describe(file, mapi.read_properties(value))

    def _describe(self, file: Enclosed, properties: dict[int, bytes]) -> None:
        texts = {
            number: mapi.text_in(properties.get(number, b""), self.code_page)
            for number in (mapi.FILE_LONG, mapi.FILE_SHORT, mapi.DISPLAY_NAME, mapi.FILE_TYPE, mapi.FILE_ID)
        }
        named = texts[mapi.FILE_LONG] or file.name or texts[mapi.FILE_SHORT] or texts[mapi.DISPLAY_NAME]
        declared = texts[mapi.FILE_TYPE].lower()
        file.name, file.content_id = named, texts[mapi.FILE_ID]
        file.type = declared if TYPE.fullmatch(declared) else ""
        inner = properties.get(mapi.FILE_DATA, b"")
        if inner.startswith(MESSAGE):
            self._open_message(file, inner[INTERFACE_BYTES:])
        elif not file.data:
            is_object = inner[INTERFACE_BYTES : INTERFACE_BYTES + len(OLE)] == OLE
            file.data = inner[INTERFACE_BYTES:] if is_object else inner

    def _open_message(self, file: Enclosed, data: bytes) -> None:
        """Open a mail inside: its text becomes a file named by its subject, its files follow."""
        inner = read_envelope(data, self.budget, depth=self.depth + 1)
        if inner is None:
            file.data = file.data or data
            return
        inner.open_rich()
        is_html = not inner.text.strip()
        file.name = f"{inner.subject or file.name or 'message'}.{'html' if is_html else 'txt'}"
        file.type, file.data = (
            ("text/html", inner.html.encode()) if is_html else ("text/plain", inner.text.encode())
        )
        self.envelope.files += inner.files[: MAX_FILES - len(self.envelope.files)]
