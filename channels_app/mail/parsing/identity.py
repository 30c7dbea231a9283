"""Message-ID, References and In-Reply-To, as far as they contain ids."""

import re

from .headers import Head
from .words import FOLDS

ID = re.compile(r"<([^<>\s]{1,990})>")
BARE = re.compile(r"(?<![^\s<>,;\"])[^\s<>@,;\"]{1,500}+@[^\s<>,;\"]{1,490}")
NEVER_IN_ID = re.compile(r"[\s<>]")
MAX_IDS = 200


def read_message_id(head: Head) -> str:
    """Return the id of this mail without its brackets, "" when absent."""
    text = _text(head, "message-id")
    found = ID.search(text)
    return found[1] if found else NEVER_IN_ID.sub("", text)[:990]


def read_ids(head: Head, *names: str) -> tuple[str, ...]:
    """Return the ids of some fields, each once, in order."""
    found: dict[str, None] = {}
    for name in names:
        text = _text(head, name)
        found.update(dict.fromkeys(ID.findall(text) or BARE.findall(text)))
    return tuple(found)[:MAX_IDS]


def _text(head: Head, name: str) -> str:
    raw = FOLDS.sub(b" ", head.raw(name))
    return raw.decode("utf-8", "replace").replace("\x00", "").strip()
