"""Communes around the territory, which are not ours: « 69380 Lozanne », « Lozanne, 69380 »."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from requests_app.routing.names import is_street, tokens
from requests_app.routing.numbers import SEPARATOR


@dataclass(frozen=True, slots=True)
class Stranger:
    """A commune outside the territory, between two tokens."""

    start: int
    end: int
    name: str
    postal_codes: frozenset[str]

    def is_meant(self, words: list[str]) -> bool:
        """Tell « rue de la gare à Chaponost 69630 » from « route de Chaponost »."""
        is_at = self.start > 0 and words[self.start - 1] == "a" and self.code_beside(words) is not None
        return is_at or not is_street(words, self.start)

    def code_beside(self, words: list[str]) -> int | None:
        """Locate its postal code, just before or after it, whatever stands between."""
        before, after = self.start - 1, self.end
        while before >= 0 and words[before] == SEPARATOR:
            before -= 1
        while after < len(words) and words[after] == SEPARATOR:
            after += 1
        for at in (before, after):
            if 0 <= at < len(words) and words[at] in self.postal_codes:
                return at
        return None


class StrangerIndex:
    """The communes around, by the first word of their whole name."""

    def __init__(self, places: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        codes: dict[str, set[str]] = {}
        for name, postal_codes in places:
            codes.setdefault(name, set()).update(postal_codes)
        self._by_first: dict[str, list[tuple[list[str], str, frozenset[str]]]] = {}
        for name, known in codes.items():
            spelling = tokens(name)
            self._by_first.setdefault(spelling[0], []).append((spelling, name, frozenset(known)))
        for spellings in self._by_first.values():
            spellings.sort(key=lambda spelling: -len(spelling[0]))

    def mentions(self, words: list[str]) -> Iterator[Stranger]:
        """Yield those that tokens name in full, street names left out."""
        free = 0
        for position, word in enumerate(words):
            if position < free or word not in self._by_first:
                continue
            for spelling, name, codes in self._by_first[word]:
                end = position + len(spelling)
                other = Stranger(position, end, name, codes)
                if words[position:end] == spelling and other.is_meant(words):
                    yield other
                    free = end
                    break
