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
LONG = 4  # letters from which an ending is taken off
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
    """Take the ending off a word, so that « frappe », « frappée » and « frapper » are one."""
    ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= LONG - 1), "")
    return word[: len(word) - len(ending)] if len(word) > LONG - 1 else word


SMALL_STEMS = frozenset(map(stem, SMALL))


@dataclass(frozen=True, slots=True)
class Saying:
    """Every group is said by one of its words."""

    groups: tuple[frozenset[str], ...]

    def is_said(self, stems: Collection[str]) -> bool:
        return all(not group.isdisjoint(stems) for group in self.groups)

    def is_all_of(self, stems: Collection[str]) -> bool:
        """Whether nothing else was said that means something."""
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
        frozenset(stem(word) for each in group.split("|") for word in words(each)) for group in line.split()
    )
    return Saying(tuple(groups))


@cache
def _index() -> dict[str, list[tuple[str, int, int, int]]]:
    """Each stem with the sayings of several words it is part of: topic, number, which group, of how many."""
    found: dict[str, list[tuple[str, int, int, int]]] = {}
    for code, sayings in _sayings().items():
        for number, saying in enumerate(sayings):
            for place, group in enumerate(saying.groups):
                for each in group if len(saying.groups) > 1 else ():
                    found.setdefault(each, []).append((code, number, place, len(saying.groups)))
    return found


def told(text: str) -> dict[str, tuple[str, ...]]:
    """List, by topic, the words of the first saying that a message holds near each other in one sentence."""
    found: dict[str, tuple[str, ...]] = {}
    index, last = _index(), dict[tuple[str, int], dict[int, tuple[int, str]]]()
    at = 0
    for sentence in _SENTENCE.split(text):
        at += NEAR
        for word in words(sentence):
            at += 1
            for code, number, place, count in index.get(stem(word), ()):
                seen = last.setdefault((code, number), {})
                seen[place] = (at, word)
                near = [known for known in seen.values() if at - known[0] < NEAR]
                if len({known[0] for known in near}) == count and code not in found:
                    found[code] = tuple(dict.fromkeys(known[1] for known in sorted(near)))
    return found


def stems_of(typed: str) -> frozenset[str]:
    """Give the comparable words of a search."""
    return frozenset(stem(word) for word in words(typed[:MAX_READ]))


def strength(code: str, stems: Collection[str], *, is_strict: bool = False) -> int:
    """Count the words of the longest saying of a topic that is said; 0 when none is.

    Strictly, one word says a topic only when it is all that was said: « rsa », not « rsa licorne ».
    """
    found = (saying for saying in _sayings().get(code, ()) if saying.is_said(stems))
    kept = (s for s in found if not is_strict or len(s.groups) > 1 or s.is_all_of(stems))
    return max((len(saying.groups) for saying in kept), default=0)


def said(typed: str, codes: Sequence[str]) -> list[str]:
    """List the topics that people say so, the most precise saying first."""
    stems = stems_of(typed)
    rated = [(-strength(code, stems), at, code) for at, code in enumerate(codes)]
    return [code for score, _at, code in sorted(rated) if score]
