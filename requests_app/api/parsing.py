"""JSON to the letter: UTF-8, no NaN, and no name written twice, of which one would be lost in silence."""

import json
from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from requests_app.api.problems import Problem, invalid

HALF = "\\ud"  # begins the escape of a half of a character (\ud800 to \udfff)


class StrictJson(BaseParser):
    """Reads ``application/json``."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return what the body says; raises the 400 that says what is wrong with it."""
        try:
            text = stream.read().decode("utf-8")
        except UnicodeDecodeError:
            raise invalid("#", _("Écrivez la requête en UTF-8.")) from None
        try:
            content = json.loads(text, object_pairs_hook=_members, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise invalid("#", _("Écrivez un objet JSON.")) from None
        if HALF in text.lower() and _has_halves(content):
            raise invalid("#", _("Écrivez la requête en UTF-8."))
        return content


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    twice = _first_twice(name for name, _value in pairs)
    raise Problem(
        "invalid-request",
        errors=[{"pointer": "#", "detail": _("« %(name)s » est écrit deux fois.") % {"name": twice[:80]}}],
    )


def _first_twice(names: Iterable[str]) -> str:
    """Return the first name that came before; a body may hold hundreds of thousands of them."""
    seen = set[str]()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""


def _has_halves(content: Any) -> bool:
    """Tell whether half a character stands alone somewhere: no UTF-8 can write it, nor our database."""
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)
