"""Names of communes in what people write: « St Priest », « Lyon 8ème », « Décines »."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from requests_app.lib.text import plain
from requests_app.routing.misspellings import MIN_LENGTH, Misspellings, is_one_slip
from requests_app.routing.numbers import SEPARATOR, is_number, read_ordinal

_TOKEN = re.compile(r"[a-z]+|[0-9]+|[,;:()\n.!?/]| -+ |–|—")
_ABBREVIATED_SAINT = re.compile(r"\b(ste?)\.")
_SUR = re.compile(r"\bs/\s?")
_SAINTS = {"st": "saint", "ste": "sainte"}
DISTINCT = 10  # letters of a name that nobody has
_ARTICLES = frozenset({"la", "le", "les", "l"})
_LINKS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "vers"})
_WAY_WORDS = """
rue rues r avenue av ave boulevard bd bld blvd bvd cours chemin chem ch route rte place pl placette quai allee
allees impasse imp square sq passage montee esplanade promenade faubourg fbg fg voie
"""
WAYS = frozenset(_WAY_WORDS.split())
_SPOT_WORDS = (
    "gare pont porte hopital clinique residence clos parc lycee college ecole stade jardin carrefour"
)
_SPOTS = WAYS | frozenset(_SPOT_WORDS.split(" "))
_CONNECTORS = frozenset({"en", "sur", "sous", "au", "aux", "la", "le", "les", "et", "d", "de", "du", "l"})
_AUTHORITIES = frozenset({"metropole", "grand", "departement"})


class NamedPlace(Protocol):
    """What the index needs of a place."""

    @property
    def insee(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named between two tokens; `is_plain` when it is one short word."""

    start: int
    end: int
    places: frozenset[str]
    is_plain: bool


def tokens(text: str) -> list[str]:
    """Cut a text into words, numbers and separators, in comparable form; linear in its length."""
    prepared = _SUR.sub("sur ", _ABBREVIATED_SAINT.sub(r"\1 ", plain(text)))
    found = (match.group() for match in _TOKEN.finditer(prepared))
    return [_SAINTS.get(token, token) if token.isalnum() else SEPARATOR for token in found]


class NameIndex:
    """The names of a territory's places, by first word; ``spoken`` are everyday names with their place."""

    def __init__(
        self,
        places: Iterable[NamedPlace],
        children: Mapping[str, tuple[str, ...]],
        spoken: Iterable[tuple[str, str]] = (),
    ) -> None:
        named, spoken = list(places), list(spoken)
        self._full_names = {tuple(tokens(name)) for name in (*(p.name for p in named), *dict(spoken))}
        self._numbers = {
            place.insee: _number(place.name) for place in named if place.level == "arrondissement"
        }
        self._arrondissements = {
            parent: {self._numbers[insee]: insee for insee in insees if insee in self._numbers}
            for parent, insees in children.items()
        }
        towns = [numbers for numbers in self._arrondissements.values() if numbers]
        self._only_town = towns[0] if len(towns) == 1 else {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
        towns_only = (place for place in named if place.insee not in self._numbers)
        for words, insees in _spellings(towns_only, spoken).items():
            self._by_first.setdefault(words[0], []).append((words, insees))
        for spellings in self._by_first.values():
            spellings.sort(key=lambda spelling: -len(spelling[0]))
        self._misspelled = Misspellings(self._by_first)

    def mentions(self, words: list[str]) -> Iterator[Mention]:
        """Yield the places that tokens name, longest names first, street names left out."""
        free = 0
        for position, word in enumerate(words):
            if position < free or not self._may_begin(word):
                continue
            mention = self._read_at(words, position)
            if mention and not is_street(words, position) and not self._is_authority(words, mention):
                yield mention
            free = mention.end if mention else position + 1

    def _may_begin(self, word: str) -> bool:
        """Tell whether a name may begin with this word: hardly any does, so the rest is skipped."""
        if word in self._by_first or (bool(self._only_town) and is_number(word)):
            return True
        return len(word) >= MIN_LENGTH - 1 and bool(self._misspelled.meant(word))

    def _read_at(self, words: list[str], position: int) -> Mention | None:
        """Read the longest name that begins at a token, as it is written or with one slip."""
        exact = self._by_first.get(words[position], ())
        near = [
            spelling
            for first in self._misspelled.meant(words[position])
            for spelling in self._by_first[first]
        ]
        for spelling, insees in (*exact, *near):
            end = position + len(spelling)
            if _is_written(words[position:end], spelling) and not self._goes_on(words, spelling, end):
                return self._narrow_to_number(
                    words, Mention(position, end, insees, _is_plain(words[position:end]))
                )
        return self._number_alone(words, position) if self._only_town and is_number(words[position]) else None

    def _goes_on(self, words: list[str], spelling: tuple[str, ...], end: int) -> bool:
        """Tell the « Saint-Priest » of « Saint-Priest-en-Jarez », another commune, from ours."""
        following = words[end] if end < len(words) else ""
        if spelling in self._full_names:
            return spelling[0] in _SAINTS.values() and following in ("en", "sur", "sous")
        return following in _CONNECTORS - {"et", "de"}

    def _narrow_to_number(self, words: list[str], town: Mention) -> Mention:
        """Narrow « Lyon 8e », « Lyon VIII », « Lyon cedex 08 » to the arrondissement."""
        numbers = self._arrondissements.get(next(iter(town.places)), {}) if len(town.places) == 1 else {}
        if not numbers:
            return town
        start = town.end
        while start < len(words) and words[start] in (SEPARATOR, "cedex", "le", "dans"):
            start += 1
        number, end = read_ordinal(words, start, strict=words[town.end : start].count(SEPARATOR) > 0)
        if number in numbers:
            return Mention(town.start, end, frozenset({numbers[number]}), False)
        return town

    def _number_alone(self, words: list[str], position: int) -> Mention | None:
        """Read « 8e arrondissement », which is clear when only one town has arrondissements."""
        number, end = read_ordinal(words, position, strict=True)
        is_named = any(word.startswith("arr") for word in words[position:end])
        if not is_named or number not in self._only_town:
            return None
        return Mention(position, end, frozenset({self._only_town[number]}), False)

    def _is_authority(self, words: list[str], mention: Mention) -> bool:
        """Tell « la Métropole de Lyon », which everybody writes, from a place where someone lives."""
        before = [word for word in words[max(0, mention.start - 2) : mention.start] if word not in _LINKS]
        return mention.is_plain and bool(before) and before[-1] in _AUTHORITIES


def _is_plain(written: list[str]) -> bool:
    """Tell whether it is one word that may mean something else, as « Charly »; « Villeurbanne » may not."""
    return len(written) == 1 and len(written[0]) < DISTINCT


def _is_written(words: list[str], spelling: tuple[str, ...]) -> bool:
    """Tell whether these are the words of a name, one of them with a slip perhaps."""
    if len(words) != len(spelling):
        return False
    others = [(word, meant) for word, meant in zip(words, spelling, strict=True) if word != meant]
    return not others or (
        len(others) == 1 and min(map(len, others[0])) >= MIN_LENGTH - 2 and is_one_slip(*others[0])
    )


def _spellings(
    places: Iterable[NamedPlace], spoken: Iterable[tuple[str, str]]
) -> dict[tuple[str, ...], frozenset[str]]:
    """List the ways to write each place: its name wins over an alias, an alias over a shortened name."""
    ranked: dict[tuple[str, ...], tuple[int, set[str]]] = {}

    def add(words: tuple[str, ...], rank: int, insee: str) -> None:
        known = ranked.get(words)
        if not words or (known and known[0] < rank):
            return
        if known and known[0] == rank:
            known[1].add(insee)
        else:
            ranked[words] = (rank, {insee})

    for spoken_name, insee in spoken:
        add(tuple(tokens(spoken_name)), 1, insee)
    for place in places:
        name = tuple(tokens(place.name))
        add(name, 0, place.insee)
        for alias in place.aliases:
            add(tuple(tokens(alias)), 1, place.insee)
        if name and name[0] in _ARTICLES:
            add(name[1:], 2, place.insee)
        elif short := _shorten(name):
            add(short, 2, place.insee)
    return {words: frozenset(insees) for words, (_rank, insees) in ranked.items()}


def _shorten(name: tuple[str, ...]) -> tuple[str, ...]:
    """Shorten a name before a small word, as people do: « Caluire », « Saint-Cyr »; never « Pierre »."""
    length = 2 if name[:1] in (("saint",), ("sainte",)) else 1
    return (
        name[:length]
        if len(name[0]) > 3 and name[length : length + 1] and name[length] in _CONNECTORS
        else ()
    )


def _number(name: str) -> int:
    """Read the number in an arrondissement's name."""
    return next((int(word) for word in tokens(name) if word.isdigit()), 0)


def is_street(words: list[str], position: int) -> bool:
    """Tell the « Bron » of « route de Bron » or « rue Bron » from a commune."""
    before = position - 1
    while before >= 0 and position - before <= 3 and words[before] in _LINKS:
        before -= 1
    if before == position - 1:
        return before >= 0 and words[before] in WAYS and words[max(0, before - 1)] != "grande"
    return before >= 0 and words[before] in _SPOTS
