"""JSON from outside: any type may be anywhere, and the end may be missing."""

import json
import re
from typing import Any

from channels_app.mail.webhooks.parcels import Malformed

SPACES = re.compile(r"[\s,:]*")


def read_json(data: bytes, *, is_cut: bool = False) -> dict[str, Any]:
    """Parse the object; of one that is cut, return the members before the cut. Raises Malformed."""
    try:
        told = _members(data) if is_cut else json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed("Le message du prestataire n’est pas du JSON.") from error
    if not isinstance(told, dict):
        raise Malformed("Le message du prestataire n’est pas celui d’un courriel.")
    return told


def text_of(told: dict[str, Any], name: str) -> str:
    """Return a text member; "" when it is absent or something else."""
    value = told.get(name)
    return value if isinstance(value, str) else ""


def dicts(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list member."""
    value = told.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _members(data: bytes) -> dict[str, Any]:
    """Parse members one by one until one is incomplete."""
    text, decoder, members = data.decode("utf-8", "replace").lstrip("\ufeff \t\r\n"), json.JSONDecoder(), {}
    at = _skip(text, 1) if text.startswith("{") else len(text)
    try:
        while at < len(text):
            name, at = decoder.raw_decode(text, at)
            value, at = decoder.raw_decode(text, _skip(text, at))
            members[name] = value
            at = _skip(text, at)
    except ValueError:
        pass
    return members


def _skip(text: str, at: int) -> int:
    found = SPACES.match(text, at)
    return found.end() if found else at
