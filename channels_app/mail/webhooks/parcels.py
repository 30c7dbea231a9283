"""What a provider posts: a mail, whole or in pieces."""

from dataclasses import dataclass

SHAPE = "shape"  # fact of an arrival: the provider in whose format its bytes are


class Malformed(Exception):
    """The call does not follow the provider's documentation; the text says why, in quarantine."""


class Forbidden(Exception):
    """The caller is not authenticated."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the mail."""

    name: str
    content_type: str
    data: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """``mime`` is the mail itself when the provider gives it; else the other fields are its pieces.

    ``recipients`` are its recipients, those of the envelope first. ``return_path`` is the sender of the
    envelope, None when unknown. ``key`` identifies a repeat of the call; "" when its bytes do.
    """

    recipients: tuple[str, ...]
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    html: str = ""
    files: tuple[Piece, ...] = ()
    mime: bytes | None = None
    return_path: str | None = None
    key: str = ""
