"""Pictures of the exchange, each in a file named by its id, and Twilio's Media resource."""

import re
import secrets
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from gru.demo.telephone.exchange import Exchange, Text

ALL = ".json"
ID = re.compile(r"ME[0-9a-f]{32}")
SHOWN = {"image/jpeg", "image/png", "image/gif", "image/webp"}  # what a page shows; others are counted


class Album:
    """Stores pictures across restarts, by id and type; no file name comes from outside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, pictures: list[tuple[str, bytes]]) -> list[list[str]]:
        """Write them; returns (id, type) of each."""
        return [[self._write(data), declared_type] for declared_type, data in pictures]

    def _write(self, data: bytes) -> str:
        sid = f"ME{secrets.token_hex(16)}"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / sid).write_bytes(data)
        return sid

    def picture_of(self, text: Text, sid: str) -> tuple[str, bytes] | None:
        """Return the type and the bytes of one picture of a message; None when it has no such picture."""
        declared_type, file = dict(text.media).get(sid), self.folder / sid
        is_there = declared_type is not None and ID.fullmatch(sid) and file.is_file()
        return (str(declared_type), file.read_bytes()) if is_there else None


def parse_path(exchange: Exchange, rest: str) -> tuple[Text | None, str]:
    """Parse « Messages/MM…/Media.json » → (message, ALL), « Messages/MM…/Media/ME… » → (message, « ME… »)."""
    sid, _media, one = rest.removeprefix("Messages/").partition("/Media")
    return exchange.find(sid), one.removeprefix("/")


def list_pictures(text: Text, account: str) -> dict[str, Any]:
    """Return all the pictures of a message, as the API shows them: one page."""
    uri = f"/2010-04-01/Accounts/{account}/Messages/{text.sid}/Media.json"
    page = {"page": 0, "page_size": 50, "start": 0, "end": max(len(text.media) - 1, 0), "uri": uri}
    uris = {"first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None}
    shapes = [_shape(text, account, sid, declared_type) for sid, declared_type in text.media]
    return {"media_list": shapes, **page, **uris}


def _shape(text: Text, account: str, sid: str, declared_type: str) -> dict[str, Any]:
    made = format_datetime(text.made_at)
    return {
        "sid": sid,
        "account_sid": account,
        "parent_sid": text.sid,
        "content_type": declared_type,
        "date_created": made,
        "date_updated": made,
        "uri": f"/2010-04-01/Accounts/{account}/Messages/{text.sid}/Media/{sid}.json",
    }
