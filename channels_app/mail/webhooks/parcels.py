"""What a provider hands over: a mail, whole or in pieces."""

from dataclasses import dataclass

SHAPE = "shape"  # fact of an arrival: the provider whose own form its bytes have


class Malformed(Exception):
    """The provider's call is not what its documentation says; the text says why, and goes to quarantine."""


class Forbidden(Exception):
    """The caller did not prove who it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the mail."""

    name: str
    content_type: str
    data: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """``mime`` is the mail itself when the provider gives it; else the other fields tell its pieces.

    ``recipients`` names who it was for, those of the envelope first. ``return_path`` is the sender of the
    envelope, None when it is not told. ``key`` names the same call made again; "" when its bytes do.
    """

    recipients: tuple[str, ...]
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    html: str = ""
    files: tuple[Piece, ...] = ()
    mime: bytes | None = None
    return_path: str | None = None
    key: str = ""
