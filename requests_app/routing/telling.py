"""Where a person lives, from what a message tells in passing."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from requests_app.routing.addresses import BOXES, Where, follows_stranger
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.names import Mention, tokens
from requests_app.routing.numbers import SEPARATOR
from requests_app.routing.sentences import place_names
from requests_app.routing.territory import Territory

TEXT_LIMIT, MOST_CODES = 20_000, 50
"""Signs and postal codes read: no letter names its place after ten pages."""

_POSTAL = re.compile(r"\d{5}")
_RUN = re.compile(r"\S+")
_CUE_WORDS = """
a sur habite habitant habitante reside resident residente domicilie domiciliee commune ville mairie secteur
"""
_CUES = frozenset(_CUE_WORDS.split())


def where_told(text: str, territory: Territory) -> Where | None:
    """Read the only place that a free text names, by name or postal code; None otherwise."""
    words = tokens(_RUN.sub(_without_link, text[:TEXT_LIMIT]))
    mentions = list(territory.names.mentions(words))
    by_code = list(dict.fromkeys(_codes_told(words, {m.start for m in mentions}, territory)))
    cued = [mention for mention in mentions if _is_cued(words, mention)]
    told = cued or [mention for mention in mentions if not mention.is_plain]
    by_name = list(dict.fromkeys(mention.places for mention in told))
    if not by_code and not by_name:
        return None
    agreed = [
        inside
        for coded in by_code
        for named in by_name
        if (inside := frozenset(p for p in coded if any(territory.is_within(p, name) for name in named)))
    ]
    places = territory.smallest(frozenset[str]().union(*(agreed or by_code), *by_name))
    others = frozenset[str]().union(*(mention.places for mention in mentions))
    is_torn = not cued and not by_code and territory.smallest(others | places) != places
    if is_torn or (len(places) > 1 and len(by_code) + len(by_name) > 1):
        return None
    step = _("Le message nomme un lieu : %(names)s.") % {"names": place_names(places, territory)}
    return Where(places, "", Confidence.MEDIUM if by_code else Confidence.LOW, steps=(step,))


def _without_link(run: re.Match[str]) -> str:
    """Leave out addresses of mail and web: who writes from mairie-bron.fr need not live in Bron."""
    written = run.group()
    return SEPARATOR if "@" in written or "://" in written or "www." in written else written


def _codes_told(words: list[str], named_at: set[int], territory: Territory) -> Iterator[frozenset[str]]:
    """Yield the places of the postal codes of a text, save those that another commune follows."""
    codes = [at for at, word in enumerate(words) if word in territory.by_postal_code]
    for at in codes[:MOST_CODES]:
        places = territory.by_postal_code[words[at]]
        is_box = at > 0 and words[at - 1] in BOXES
        if not is_box and (at + 1 in named_at or not follows_stranger(words, [at], places, territory)):
            yield places


def _is_cued(words: list[str], mention: Mention) -> bool:
    """Ask a sign of place before a one-word name, since « Charly » is also a first name."""
    before = words[max(0, mention.start - 2) : mention.start]
    after = words[mention.end : mention.end + 1]
    starts_line = not before or before[-1] == SEPARATOR
    ends_line = not after or after[0] == SEPARATOR
    has_code = bool(before) and bool(_POSTAL.fullmatch(before[-1]))
    return has_code or any(word in _CUES for word in before) or (starts_line and ends_line)
