"""Mask what may be a name: known ones, after a civility, with a capital in the middle of a sentence."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from requests_app.lib.masking.marks import NAME, OTHER_SCRIPT
from requests_app.lib.masking.words import (
    CIVILITIES,
    INTRODUCING_WORDS,
    INTRODUCTIONS,
    PARTICLES,
    ordinary_words,
    vocabulary,
)
from requests_app.lib.text import fold, plain, words

TERM = re.compile(r"[^\W\d_]+")
WITHIN_SENTENCE = frozenset(",])/&+%€")
OPENS = frozenset(" \t\u00a0\u202f«»“”\"'’(-–—>")
JOINS = re.compile(r"[\s.'’\-–·]{0,3}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word where it stands; ``is_first`` of its sentence."""

    start: int
    end: int
    text: str
    plain: str
    is_first: bool

    @property
    def has_capital(self) -> bool:
        return any(character.isupper() or character.istitle() for character in self.text)

    @property
    def is_shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_of_other_script(self) -> bool:
        """Tell whether its letters have no capitals: nothing says which of its words is a name."""
        return self.text.lower() == self.text.upper()


def mask_names(text: str, *, names: Collection[str], places: Collection[str]) -> str:
    """Mask them, names that follow one another as one."""
    found = list(_words_of(text))
    hidden = _Reading(found, _parts(names), {fold(place) for place in places}).find_hidden()
    return _write(text, found, hidden)


def _words_of(text: str) -> Iterator[Word]:
    for each in TERM.finditer(text):
        yield Word(each.start(), each.end(), each[0], plain(each[0]), _is_opening(text, each))


def _is_opening(text: str, found: re.Match[str]) -> bool:
    before = found.start() - 1
    while before >= 0 and text[before] in OPENS:
        before -= 1
    return before < 0 or not (text[before].isalnum() or text[before] in WITHIN_SENTENCE)


def _parts(names: Collection[str]) -> frozenset[str]:
    return frozenset(part for name in names for part in words(name) if len(part) > 1)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of one text, and what is known of persons and places."""

    found: Sequence[Word]
    known: Collection[str]
    places: Collection[str]

    def find_hidden(self) -> set[int]:
        """Return the ranks of the words to mask."""
        stay = self._find_places()
        certain = {rank for rank, word in enumerate(self.found) if self._is_known(word)}
        certain |= set(self._find_introduced())
        looks = {rank for rank, word in enumerate(self.found) if self._looks_like_a_name(word)}
        return self._add_initials(certain | (looks - stay))

    def _is_known(self, word: Word) -> bool:
        return word.plain in self.known and (len(word.plain) > 2 or word.has_capital)

    def _find_introduced(self) -> Iterator[int]:
        """Find what follows « madame », « je m’appelle », « merci à »."""
        for rank in range(1, len(self.found)):
            if self._is_introduced(rank):
                yield from self._read_name_from(rank)

    def _is_introduced(self, rank: int) -> bool:
        last, before = self.found[rank - 1], self.found[max(0, rank - 2) : rank]
        is_civility = last.plain in CIVILITIES and last.text not in ("m", "ms")
        two = tuple(word.plain for word in before)
        return is_civility or two in INTRODUCTIONS or last.plain in INTRODUCING_WORDS

    def _read_name_from(self, rank: int) -> Iterator[int]:
        """Yield the words of a name that begins here; nothing when it is an ordinary word."""
        while rank < len(self.found) and self._may_name(self.found[rank]):
            yield rank
            rank += 1
            while rank + 1 < len(self.found) and self._is_particle(rank):
                yield rank
                rank += 1

    def _may_name(self, word: Word) -> bool:
        if word.is_first:
            return False
        return word.plain not in (ordinary_words() if word.has_capital else vocabulary())

    def _is_particle(self, rank: int) -> bool:
        follows = self.found[rank + 1]
        return self.found[rank].plain in PARTICLES and follows.has_capital and self._may_name(follows)

    def _looks_like_a_name(self, word: Word) -> bool:
        if word.is_of_other_script:
            return True
        if not word.has_capital or len(word.text) == 1:
            return False
        stays = vocabulary() if word.is_first or word.is_shouted else ordinary_words()
        return word.plain not in stays

    def _find_places(self) -> set[int]:
        """Find the words of « Saint-Genis-Laval »: all of them together, not « Laval » alone."""
        stay: set[int] = set()
        for length in {len(place.split()) for place in self.places}:
            for start in range(len(self.found) - length + 1):
                ranks = range(start, start + length)
                if " ".join(self.found[rank].plain for rank in ranks) in self.places:
                    stay.update(ranks)
        return stay

    def _add_initials(self, hidden: set[int]) -> set[int]:
        """Add the initials beside a name: « Z. », « de B »."""
        single = {r for r, word in enumerate(self.found) if len(word.text) == 1 and word.text.isupper()}
        return hidden | {r for r in single if {r - 1, r + 1} & hidden and self.found[r].plain not in "ay"}


def _write(text: str, found: Sequence[Word], hidden: set[int]) -> str:
    pieces, last = [], 0
    ranks = sorted(hidden)
    joined = {
        after
        for before, after in pairwise(ranks)
        if after == before + 1 and JOINS.fullmatch(text, found[before].end, found[after].start)
    }
    for rank in ranks:
        word = found[rank]
        if rank not in joined:
            pieces += [text[last : word.start], OTHER_SCRIPT if word.is_of_other_script else NAME]
        last = word.end
    return "".join(pieces) + text[last:]
