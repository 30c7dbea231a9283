"""Where a person lives, from what a message mentions in passing."""

import re
from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from requests_app.routing.addresses import BOXES, Location, follows_stranger, where_outside
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.names import WAYS, Mention, tokens
from requests_app.routing.numbers import SEPARATOR
from requests_app.routing.sentences import place_names
from requests_app.routing.strangers import Stranger
from requests_app.routing.territory import Territory

TEXT_LIMIT, MAX_CODES, MAX_PLACES = 20_000, 50, 6
"""Characters and postal codes read, and places named: no letter names its place after ten pages."""

_POSTAL = re.compile(r"\d{5}")
_RUN = re.compile(r"\S+")
_HOME_WORDS = """
habite habitant habitante habitons habitent reside resident residente residons domicilie domiciliee demeure
demeurant vis vivons loge logee heberge hebergee live living lives resides
"""
_HOMES = frozenset(_HOME_WORDS.split())
_CUE_WORDS = "a au aux sur commune ville mairie secteur quartier cite zup zac in near at"
_CUES = _HOMES | frozenset(_CUE_WORDS.split(" "))
# « 69120. Merci », « 69500 et je cherche »: no town's name begins that way.
_NO_TOWN_WORDS = """
et ou mais donc car je j nous on il elle mon ma mes notre nos merci bonjour cordialement svp pour avec depuis
chez c ce est avez pouvez comment quand and i we my please thanks thank for with since tel telephone portable
"""
_NO_TOWNS = frozenset({SEPARATOR, *_NO_TOWN_WORDS.split()})
_JOINED = (["et"], ["ou"], ["and"], ["or"], [SEPARATOR])
_NEAR, _SAME_ADDRESS = 4, 10
"""Tokens between « j’habite » and a commune, between « rue » and a postal code."""


def where_told(text: str, territory: Territory) -> Location | None:
    """Read the place that a free text names, by name or postal code; return all when there are several."""
    words = tokens(_RUN.sub(_drop_link, text[:TEXT_LIMIT]))
    mentions, strangers = territory.mentions(words)
    starts = {mention.start for mention in mentions}
    theirs = {code: other for other in strangers if (code := other.code_beside(words)) is not None}
    by_code = list(dict.fromkeys(_codes_told(words, starts, theirs.keys(), territory)))
    cued = _cued_mentions(words, mentions)
    clear = [mention for mention in mentions if mention in cued or not mention.is_plain]
    is_torn = not cued and not by_code and _covers_less(clear, mentions, territory)
    by_name = list(dict.fromkeys(mention.places for mention in (mentions if is_torn else clear)))
    outside = next(map(where_outside, theirs.values()), None) or _lives_outside(
        words, starts, strangers, territory
    )
    if not clear and not by_code:
        return outside
    if len(by_code) + len(by_name) > MAX_PLACES:
        return None
    return _where(by_code, by_name, outside, territory)


def _covers_less(clear: Sequence[Mention], mentions: Sequence[Mention], territory: Territory) -> bool:
    """Tell whether a name without a clue of place names elsewhere: « Saint-Priest », and « Charly »."""
    places = territory.smallest(frozenset[str]().union(*(mention.places for mention in clear)))
    others = frozenset[str]().union(*(mention.places for mention in mentions))
    return bool(clear) and territory.smallest(others | places) != places


def _where(
    by_code: list[frozenset[str]],
    by_name: list[frozenset[str]],
    outside: Location | None,
    territory: Territory,
) -> Location:
    """Combine what codes and names say: the part of a code that a name says too, else all of them."""
    agreed = [
        inside
        for coded in by_code
        for named in by_name
        if (inside := frozenset(p for p in coded if any(territory.is_within(p, name) for name in named)))
    ]
    places = territory.smallest(frozenset[str]().union(*(agreed or by_code), *by_name))
    is_one = len(places) == 1 or len(by_code) + len(by_name) == 1
    step = (
        _("Le message nomme un lieu : %(names)s.")
        if is_one
        else _("Le message nomme plusieurs lieux : %(names)s.")
    )
    steps = (step % {"names": place_names(places, territory)}, *(outside.steps if outside else ()))
    sure = Confidence.MEDIUM if by_code and is_one and not outside else Confidence.LOW
    return Location(places, "", sure, is_sure=is_one and not outside, steps=steps)


def _lives_outside(
    words: list[str], starts: set[int], strangers: Sequence[Stranger], territory: Territory
) -> Location | None:
    """Read the neighbouring commune where somebody says they live, or the postal code of their address."""
    for other in strangers:
        if not _HOMES.isdisjoint(words[max(0, other.start - _NEAR) : other.start]):
            return where_outside(other)
    for at, word in enumerate(words):
        if _POSTAL.fullmatch(word) and _is_strange_code(words, at, starts, territory):
            step = _("Code postal %(code)s : hors du territoire.") % {"code": word}
            return Location(is_outside=True, confidence=Confidence.LOW, steps=(step,))
    return None


def _is_strange_code(words: list[str], at: int, starts: set[int], territory: Territory) -> bool:
    """Tell whether an outside address ends there: a town follows, a street or « j’habite » precedes."""
    is_ours = words[at] in territory.by_postal_code or at + 1 in starts
    is_box = at > 0 and words[at - 1] in BOXES
    before = words[max(0, at - _SAME_ADDRESS) : at]
    is_address = not (_HOMES | WAYS).isdisjoint(before)
    return (
        is_address and not is_ours and not is_box and words[at + 1 : at + 2] != [] and words[at + 1].isalpha()
    )


def _drop_link(run: re.Match[str]) -> str:
    """Remove mail and web addresses: those who write from mairie-bron.fr need not live in Bron."""
    written = run.group()
    return SEPARATOR if "@" in written or "://" in written or "www." in written else written


def _codes_told(
    words: list[str], named_at: set[int], theirs: Collection[int], territory: Territory
) -> Iterator[frozenset[str]]:
    """Yield the places of the postal codes of a text, save those that are another commune's."""
    codes = [at for at, word in enumerate(words) if word in territory.by_postal_code]
    for at in codes[:MAX_CODES]:
        places = territory.by_postal_code[words[at]]
        is_other = at in theirs or (at > 0 and words[at - 1] in BOXES)
        is_last = at + 1 in named_at or not _NO_TOWNS.isdisjoint(words[at + 1 : at + 2])
        if not is_other and (is_last or not follows_stranger(words, [at], places, territory)):
            yield places


def _cued_mentions(words: list[str], mentions: Sequence[Mention]) -> set[Mention]:
    """Select the names after a clue of place, and those joined to them: « à Bron ou Villeurbanne »."""
    found: set[Mention] = set()
    for before, mention in zip((None, *mentions), mentions, strict=False):
        is_joined = before in found and words[before.end : mention.start] in _JOINED if before else False
        if is_joined or _is_cued(words, mention):
            found.add(mention)
    return found


def _is_cued(words: list[str], mention: Mention) -> bool:
    """Require a clue of place before a one-word name, since « Charly » is also a first name."""
    before = words[max(0, mention.start - 2) : mention.start]
    after = words[mention.end : mention.end + 1]
    starts_line = not before or before[-1] == SEPARATOR
    ends_line = not after or after[0] == SEPARATOR
    has_code = bool(before) and bool(_POSTAL.fullmatch(before[-1]))
    return has_code or any(word in _CUES for word in before) or (starts_line and ends_line)
