"""Outlook's envelopes among the files of a mail: opened, with their contents listed before them."""

import mimetypes

from .headers import Head
from .parameters import Parameters
from .tnef import MARK, TYPES, Budget, Enclosed, Envelope, read_envelope
from .transfer import undo
from .tree import Part

START = 400  # bytes of a part, enough to see the signature in any transfer encoding
OPENED = "enveloppe d’Outlook, son contenu est affiché à part"


def open_envelopes(files: list[Part]) -> list[Envelope]:
    """Put the files of each envelope before it; one that cannot be opened stays an ordinary file."""
    budget, found = Budget(), []
    for part in list(files):
        envelope = read_envelope(part.data(), budget) if _is_envelope(part) else None
        if envelope:
            part.word = OPENED
            at = next(number for number, file in enumerate(files) if file is part)
            files[at:at] = [_part(file) for file in envelope.files]
            found.append(envelope)
    return found


def _is_envelope(part: Part) -> bool:
    is_named = part.type in TYPES or part.file_name().lower() == "winmail.dat"
    return is_named or undo(part.body[:START], part.encoding).startswith(MARK)


def _part(file: Enclosed) -> Part:
    """Return a file of an envelope as a part of the mail."""
    kind = file.type or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    head = Head([("content-id", f"<{file.content_id}>".encode())] if file.content_id else [])
    named = Parameters("attachment", {"filename": file.name.encode()})
    return Part(head, kind, Parameters(kind, {}), named, "", file.data)
