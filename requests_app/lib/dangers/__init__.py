"""Dangers said in plain words, looked for in every incoming message (threats: N12).

The phrases are data (phrases/*.txt); a new way to say a danger is a new line there, with its test.
"""

from requests_app.lib.dangers.kinds import DANGERS, EVERYDAY, Danger, Number, numbers_of
from requests_app.lib.dangers.matching import codes_in

__all__ = ["DANGERS", "EVERYDAY", "Danger", "Number", "dangers_in", "numbers_of"]


def dangers_in(text: str) -> list[Danger]:
    """Return the dangers that a text mentions, the gravest first."""
    codes = codes_in(text)
    return [danger for danger in DANGERS if danger.code in codes]
