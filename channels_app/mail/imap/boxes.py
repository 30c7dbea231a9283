"""The mailboxes to read: GRU_IMAP_URL."""

import hashlib
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.utils.translation import gettext as _

from channels_app.mail.door.addresses import is_readable

PORTS = {"imap": 143, "imaps": 993}


class BadUrl(ValueError):
    """GRU_IMAP_URL cannot be understood; the text says how to write it, and repeats no password."""


@dataclass(frozen=True, slots=True)
class Box:
    """One folder of one account."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    is_tls: bool
    starts_tls: bool

    @property
    def name(self) -> str:
        """Return the name shown to people, without the account, which may be somebody's."""
        return f"{self.host}/{self.folder}"[:200]

    @property
    def address(self) -> str:
        """Return the account's address, if it is one: for messages that name no address of ours."""
        return self.user.lower() if is_readable(self.user) else ""

    @property
    def identity(self) -> str:
        """Return an identity that does not depend on the password."""
        words = f"{self.user}\n{self.host}\n{self.port}\n{self.folder}"
        return hashlib.sha256(words.encode()).hexdigest()


def boxes_of(urls: str) -> list[Box]:
    """Parse ``imap[s]://user:password@host[:port][/BOX][?tls=1]``, space separated; raises BadUrl.

    User, password and folder are percent-encoded; the folder is INBOX when none is given.
    """
    return [_box(url) for url in urls.split()]


def _box(url: str) -> Box:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadUrl(_how_to_write()) from error
    starts_tls = parse_qs(parts.query).get("tls") == ["1"]
    is_misled = starts_tls and (parts.scheme == "imaps" or port == PORTS["imaps"])
    if parts.scheme not in PORTS or is_misled or not (parts.hostname and parts.username and parts.password):
        raise BadUrl(_how_to_write())
    return Box(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=_folder(parts),
        is_tls=parts.scheme == "imaps",
        starts_tls=starts_tls,
    )


def _folder(parts: SplitResult) -> str:
    return unquote(parts.path.strip("/")) or "INBOX"


def _how_to_write() -> str:
    return _("GRU_IMAP_URL s’écrit imaps://identifiant:mot-de-passe@serveur/DOSSIER ; plusieurs par espaces.")
