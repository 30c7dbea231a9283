"""Where a person lives, from a postal address, a postal code, or both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from requests_app.routing.models.coverage import Confidence
from requests_app.routing.names import Mention, tokens
from requests_app.routing.numbers import SEPARATOR
from requests_app.routing.sentences import place_names
from requests_app.routing.strangers import Stranger
from requests_app.routing.territory import Territory

ADDRESS_LIMIT = 500
"""Signs read: an address is short."""

_POSTAL = re.compile(r"\d{5}")
BOXES = frozenset({"bp", "cs", "tsa", "dossier", "numero", "n", "no", "ref", "reference"})
_FILLERS = frozenset({"cedex", "france", "a", "commune", "ville", "de"})


@dataclass(frozen=True, slots=True)
class Location:
    """Places that evidence points to; `is_outside` when it points out of the territory.

    `is_sure` is false when part of the evidence contradicts it.
    """

    places: frozenset[str] = frozenset()
    postal_code: str = ""
    confidence: Confidence = Confidence.HIGH
    is_outside: bool = False
    is_sure: bool = True
    steps: tuple[str, ...] = ()


def where_addressed(address: str, postal_code: str, territory: Territory) -> Location | None:
    """Read the postal code and the commune of an address; None when neither can be read."""
    words = tokens(address[:ADDRESS_LIMIT])
    given = postal_code.strip()
    codes = _codes(words, territory)
    code = next((words[at] for at in reversed(codes)), "")
    if _POSTAL.fullmatch(given):
        if code and code != given:
            return _two_codes(given, where_addressed(address, "", territory), territory)
        code = given
    mentions, strangers = territory.mentions(words)
    several = {words[at] for at in codes} & territory.by_postal_code.keys()
    if len(several) > 1:
        places = frozenset[str]().union(*(territory.by_postal_code[each] for each in several))
        return Location(
            places, "", Confidence.LOW, is_sure=False, steps=(_("Plusieurs codes postaux : à vérifier."),)
        )
    stranger = None if mentions else _stranger_of(code, words, strangers)
    if stranger:
        return where_outside(stranger)
    if code in territory.by_postal_code:
        return _read_known_code(code, words, codes, mentions, territory)
    if code:
        return _read_strange_code(code, words, mentions, territory)
    return _read_names(mentions, territory)


def _stranger_of(code: str, words: list[str], strangers: Sequence[Stranger]) -> Stranger | None:
    """Find the neighbouring commune whose code this is; without a code, the one that stands by itself."""
    if code:
        return next((other for other in strangers if code in other.postal_codes), None)
    return next(
        (
            other
            for other in strangers
            if words[other.start - 1 : other.start] in ([], [SEPARATOR])
            and words[other.end : other.end + 1] in ([], [SEPARATOR])
        ),
        None,
    )


def where_outside(stranger: Stranger) -> Location:
    """Return the answer for a commune outside the territory."""
    step = _("%(name)s : hors du territoire.") % {"name": stranger.name}
    return Location(is_outside=True, confidence=Confidence.MEDIUM, steps=(step,))


def _codes(words: list[str], territory: Territory) -> list[int]:
    """Locate the postal codes: those of the territory if any, else all of them."""
    for at in range(len(words) - 1):  # « 69 008 »
        joined = words[at] + words[at + 1]
        if len(words[at]) == 2 and joined in territory.by_postal_code:
            words[at : at + 2] = [joined, SEPARATOR]
    found = [
        at for at, word in enumerate(words) if _POSTAL.fullmatch(word) and not (at and words[at - 1] in BOXES)
    ]
    return [at for at in found if words[at] in territory.by_postal_code] or found


def _two_codes(given: str, written: Location | None, territory: Territory) -> Location:
    """Reconcile a postal code given apart with an address that holds another, a CEDEX perhaps."""
    places = territory.by_postal_code.get(given, frozenset())
    named = written.places if written else frozenset()
    if places & named:
        step = _("Code postal %(code)s : %(names)s.")
        words = {"code": given, "names": place_names(places & named, territory)}
        return Location(places & named, given, Confidence.MEDIUM, steps=(step % words,))
    step = _("Le code postal et l’adresse ne disent pas le même lieu : à vérifier.")
    is_outside = not (places | named)
    return Location(places | named, "", Confidence.LOW, is_outside=is_outside, is_sure=False, steps=(step,))


def _read_known_code(
    code: str, words: list[str], codes: Sequence[int], mentions: Sequence[Mention], territory: Territory
) -> Location:
    """Reconcile the postal code with the commune written beside it."""
    places = territory.by_postal_code[code]
    step = _("Code postal %(code)s : %(names)s.") % {"code": code, "names": place_names(places, territory)}
    written = _commune_near(codes, mentions)
    if written:
        inside = frozenset(
            place for place in places for named in written if territory.is_within(place, named)
        ) or frozenset(named for named in written for place in places if territory.is_within(named, place))
        if inside:
            agreed = _("Adresse : %(code)s %(names)s.") % {
                "code": code,
                "names": place_names(inside, territory),
            }
            sure = Confidence.HIGH if len(inside) == 1 else Confidence.MEDIUM
            return Location(inside, code, sure, steps=(agreed,))
        other = _("L’adresse nomme aussi %(names)s : à vérifier.") % {
            "names": place_names(written, territory)
        }
        return Location(places | written, "", Confidence.LOW, is_sure=False, steps=(step, other))
    stranger = follows_stranger(words, codes, places, territory)
    if stranger:
        other = _("La commune écrite après %(code)s n’est pas connue : peut-être hors du territoire.")
        return Location(places, code, Confidence.LOW, is_sure=False, steps=(step, other % {"code": code}))
    return Location(places, code, Confidence.HIGH if len(places) == 1 else Confidence.MEDIUM, steps=(step,))


def _commune_near(codes: Sequence[int], mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the commune written after the last postal code, else the last one of the address."""
    after = [mention for mention in mentions if codes and codes[-1] < mention.start <= codes[-1] + 3]
    chosen = after[0] if after else (mentions[-1] if mentions else None)
    return chosen.places if chosen else frozenset()


def follows_stranger(
    words: list[str], codes: Sequence[int], places: frozenset[str], territory: Territory
) -> bool:
    """Tell whether a town that is none of these places follows the code (« 69380 Lozanne »).

    Communes outside share codes with ours; the code of an arrondissement belongs to one town.
    """
    if not codes or all(territory.places[place].level == "arrondissement" for place in places):
        return False
    town: list[str] = []
    for word in words[codes[-1] + 1 : codes[-1] + 8]:
        if word == SEPARATOR and town:
            break
        if word.isalpha() and word not in _FILLERS:
            town.append(word)
    written = " ".join(town)
    names = [" ".join(tokens(territory.places[place].name)) for place in places]
    return bool(written) and not (
        any(name.startswith(f"{written} ") or written.startswith(f"{name} ") for name in names)
        or get_close_matches(written[:80], names, n=1, cutoff=0.8)
    )


def _read_strange_code(
    code: str, words: list[str], mentions: Sequence[Mention], territory: Territory
) -> Location | None:
    """Read a code that no place has: a CEDEX of ours, or a place outside."""
    named = mentions[-1].places if mentions else frozenset()
    is_near = any(known[:2] == code[:2] for known in territory.by_postal_code)
    if named and is_near and "cedex" in words:
        step = _("Adresse : %(names)s, code CEDEX.") % {"names": place_names(named, territory)}
        return Location(named, "", Confidence.MEDIUM, steps=(step,))
    outside = _("Code postal %(code)s : hors du territoire.") % {"code": code}
    if named and is_near:
        other = _("L’adresse nomme %(names)s : à vérifier.") % {"names": place_names(named, territory)}
        return Location(named, "", Confidence.LOW, is_sure=False, steps=(outside, other))
    return Location(is_outside=True, confidence=Confidence.MEDIUM, steps=(outside,))


def _read_names(mentions: Sequence[Mention], territory: Territory) -> Location | None:
    """Read an address without a code: the commune it names, if any."""
    if not mentions:
        return None
    named = territory.smallest(frozenset[str]().union(*(mention.places for mention in mentions)))
    step = _("Adresse sans code postal : %(names)s.") % {"names": place_names(named, territory)}
    is_sure = len(named) == 1 or named == mentions[-1].places
    return Location(
        named, "", Confidence.MEDIUM if is_sure else Confidence.LOW, is_sure=is_sure, steps=(step,)
    )
