"""How people say a topic in French and English: « mon mari me frappe », « j’ai faim »."""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from requests_app.lib.text import words

FILE = Path(__file__).parent / "data" / "sayings.toml"
MAX_READ = 200  # characters typed in a search
NEAR = 8  # words between the first and the last of a saying
_SENTENCE = re.compile(r"[.!?;\n]")
LONG = 4  # letters from which an ending is removed
ENDINGS = ("ees", "ent", "ee", "er", "ez", "es", "e", "s", "x")
SMALL_WORDS = """
les des une mon mes ton tes son ses nos vos leur leurs que qui quoi est pas par sur aux avec pour dans cette
ces cet mais donc car suis sont avons avez nous vous ils elles elle moi toi lui eux tout tous plus fait faire
peux peut veux veut bien tres aussi comme quand alors etre avoir ont ete sera voudrais aimerais merci bonjour
the and for with this that from not are was has have had can cannot you your our his her they them their
what who how please hello would like need want
"""
SMALL = frozenset(SMALL_WORDS.split())


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Remove the ending of a word, so that « frappe », « frappée » and « frapper » are one."""
    ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= LONG - 1), "")
    return word[: len(word) - len(ending)] if len(word) > LONG - 1 else word


SMALL_STEMS = frozenset(map(stem, SMALL))


@dataclass(frozen=True, slots=True)
class Saying:
    """Each group matches by one of its words; with ``in_a_row``, one after another and in this order."""

    groups: tuple[frozenset[str], ...]
    in_a_row: bool = False

    def is_said(self, stems: Collection[str]) -> bool:
        return all(not group.isdisjoint(stems) for group in self.groups)

    def is_all_of(self, stems: Collection[str]) -> bool:
        """Tell whether nothing else was said that means something."""
        rest = (word for word in stems if len(word) >= LONG - 1 and word not in SMALL_STEMS)
        return all(any(word in group for group in self.groups) for word in rest)


@cache
def _sayings() -> dict[str, tuple[Saying, ...]]:
    written = tomllib.loads(FILE.read_text("utf-8"))
    return {
        code: tuple(_read(line) for lines in languages.values() for line in lines)
        for code, languages in written.items()
    }


def _read(line: str) -> Saying:
    groups = (
        frozenset(stem(word) for each in group.split("|") for word in words(each))
        for group in line.replace("+", " ").split()
    )
    return Saying(tuple(groups), in_a_row="+" in line)


@cache
def _index() -> dict[str, list[tuple[str, int, Saying, int]]]:
    """Return each stem with the sayings of several words it is part of: topic, number, saying, group."""
    found: dict[str, list[tuple[str, int, Saying, int]]] = {}
    for code, sayings in _sayings().items():
        for number, saying in enumerate(sayings):
            for place, group in enumerate(saying.groups):
                for each in group if len(saying.groups) > 1 else ():
                    found.setdefault(each, []).append((code, number, saying, place))
    return found


def find_sayings(text: str) -> dict[str, tuple[str, ...]]:
    """List, by topic, the words of the most precise saying that a message holds near each other."""
    found: dict[str, tuple[str, ...]] = {}
    index, found_at = _index(), dict[tuple[str, int], dict[int, tuple[int, str]]]()
    at = 0
    for sentence in _SENTENCE.split(text):
        at += NEAR
        for word in words(sentence):
            at += 1
            for code, number, saying, place in index.get(stem(word), ()):
                seen = found_at.setdefault((code, number), {})
                seen[place] = (at, word)
                if len(found.get(code, ())) < len(saying.groups) and _is_whole(saying, seen, at):
                    found[code] = tuple(word for _at, word in sorted(seen.values()))
    return found


def _is_whole(saying: Saying, seen: dict[int, tuple[int, str]], at: int) -> bool:
    """Tell whether each group was found near ``at``, by a word of its own."""
    places = [known[0] for _place, known in sorted(seen.items())]
    if len(places) < len(saying.groups) or at - min(places) >= NEAR:
        return False
    if saying.in_a_row:
        return places == list(range(places[0], places[0] + len(places)))
    return len(set(places)) == len(places)


def stems_of(typed: str) -> frozenset[str]:
    """Return the comparable words of a search."""
    return frozenset(stem(word) for word in words(typed[:MAX_READ]))


def strength(code: str, stems: Collection[str], *, is_strict: bool = False) -> int:
    """Count the words of the longest saying of a topic that matches; 0 when none does.

    Strictly, one word names a topic only when it is all that was said: « rsa », not « rsa licorne ».
    """
    found = (saying for saying in _sayings().get(code, ()) if saying.is_said(stems))
    sayings = (s for s in found if not is_strict or len(s.groups) > 1 or s.is_all_of(stems))
    return max((len(saying.groups) for saying in sayings), default=0)


def rank_topics(typed: str, codes: Sequence[str]) -> list[str]:
    """List the topics whose sayings match, the most precise first."""
    stems = stems_of(typed)
    rated = [(-strength(code, stems), at, code) for at, code in enumerate(codes)]
    return [code for score, _at, code in sorted(rated) if score]
