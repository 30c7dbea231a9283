"""What a program has read, recognised when it asks or writes again (RFC 9110, 8.8.3 and 13.1)."""

import hashlib
import json
from typing import Any

from django.utils.http import parse_etags

from requests_app.api.problems import Problem


def etag_of(content: Any) -> str:
    """Return the strong tag of what an address answers."""
    written = json.dumps(content, default=str, ensure_ascii=False, sort_keys=True).encode()
    return f'"{hashlib.sha256(written).hexdigest()[:32]}"'


def is_named(tag: str, header: str) -> bool:
    """Tell whether ``If-Match`` or ``If-None-Match`` names this tag.

    Compressing an answer makes its tag weak: it still names these very members, so it counts in both.
    """
    named = parse_etags(header)
    return "*" in named or tag in {each.removeprefix("W/") for each in named}


def require_match(header: str | None, content: Any) -> None:
    """Raise the 412 of a program that read something else than ``content``; without ``If-Match`` all pass."""
    if header is not None and not is_named(etag_of(content), header):
        raise build_mismatch()


def build_mismatch() -> Problem:
    return Problem("precondition-failed")
