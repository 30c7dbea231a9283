"""Mail too large to store in full: its header is stored, and staff are told (threats: M01)."""

import re
from typing import Any

from django.utils.translation import gettext as _

from channels_app.mail.parsing.limits import MAX_HEAD_BYTES
from requests_app.lib import french

TOO_BIG = "too_big"  # fact of an arrival: the size in bytes of what came
NOT_GIVEN = "not_given"  # fact of an arrival: its number in a mailbox that refused it
BLANK_LINE = re.compile(rb"\n\r?\n")


def head_of(raw: bytes) -> bytes:
    """Return the header of a mail and its blank line, cut at the size that we read at most."""
    found = BLANK_LINE.search(raw, 0, MAX_HEAD_BYTES)
    return raw[: found.end() if found else MAX_HEAD_BYTES]


def why_not_whole(facts: dict[str, Any]) -> str:
    """Return the sentence of the quarantine; "" for a complete arrival."""
    if size := facts.get(TOO_BIG):
        words = _("Trop gros : %(size)s, pour 40 Mo au plus. Seul l’en-tête est gardé.")
        return words % {"size": french.size(size)}
    if number := facts.get(NOT_GIVEN):
        words = _("Le serveur de la boîte ne donne pas le message n° %(n)s : ouvrez-le là-bas.")
        return words % {"n": number}
    return ""
