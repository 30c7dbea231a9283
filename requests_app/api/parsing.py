"""JSON to the letter: UTF-8, no NaN, and no name written twice, of which one would be lost in silence."""

import json
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from requests_app.api.problems import Problem, invalid


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
            return json.loads(text, object_pairs_hook=_members, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise invalid("#", _("Écrivez un objet JSON.")) from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    names = [name for name, _value in pairs]
    twice = next(name for name in names if names.count(name) > 1)
    raise Problem(
        "invalid-request",
        errors=[{"pointer": "#", "detail": _("« %(name)s » est écrit deux fois.") % {"name": twice[:80]}}],
    )


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)
