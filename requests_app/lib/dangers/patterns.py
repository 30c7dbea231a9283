"""The phrases of danger as they are written in phrases/: read once, each a short list of steps.

A line is a phrase, word by word: `{hit}` any word of a class, `a|b` one or the other, `word?` perhaps,
`=word` in this very spelling, `...` up to three words of the same sentence (`...6` up to six), `!a|b` not
followed by (`!4:a|b` within four words), `<a|b` anywhere on the line: the phrase is not preceded by
(`<3:a|b` within three words).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from requests_app.lib.text import fold

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES = ("french", "english")
_GAP = re.compile(r"\.\.\.(\d*)")
_AROUND = re.compile(r"([!<])(?:(\d+):)?(.+)")
DEFAULT_GAP = 3
ARABIC = frozenset(map(chr, range(0x0620, 0x064B)))
JOINED = "وفس"
LISTS = ("look-alikes = ", "small-words = ")


class StepKind(Enum):
    """What a step requires of the words at a position."""

    WORD = "word"
    MAYBE = "maybe"
    GAP = "gap"
    NOT_AFTER = "not after"
    NOT_BEFORE = "not before"


@dataclass(frozen=True, slots=True)
class Step:
    """``within`` is how many words it looks at, or jumps over."""

    move: StepKind
    words: frozenset[str] = frozenset()
    within: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say a danger, ``code``; a text that matches holds a word of each set in ``needed``."""

    code: str
    language: str
    steps: tuple[Step, ...]
    needed: tuple[frozenset[str], ...]


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return all phrases, in the order of the files."""
    return tuple(phrase for language in LANGUAGES for phrase in _read(language))


@cache
def read_plain_words(language: str, name: str) -> frozenset[str]:
    """Read the plain words of a language: `small-words` tell it from others, `look-alikes` are not slips."""
    start = f"{name} = "
    return frozenset(next(line for line in _lines(language) if line.startswith(start))[len(start) :].split())


@cache
def typed_words() -> dict[str, tuple[str, ...]]:
    """Return the plain words of each danger, for the page that matches while the person types."""
    return _group_by_code("typed")


@cache
def other_languages() -> dict[str, tuple[str, ...]]:
    """Return the phrases of each danger in languages without patterns; a word before may be joined to them.

    Arabic writes « and », « so » and the future as letters before the word.
    """
    found: dict[str, tuple[str, ...]] = {}
    for code, written in _group_by_code("others").items():
        folded = [fold(each) for each in written]
        joined = [letter + each for each in folded if each[0] in ARABIC for letter in JOINED]
        found[code] = tuple(f" {each} " for each in (*folded, *joined))
    return found


def _group_by_code(name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in _lines(name):
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        else:
            words += [word.strip() for word in line.split("·")]
    return {code: tuple(words) for code, words in found.items()}


def _read(language: str) -> Iterator[Phrase]:
    """Yield the phrases of the sections `[code]`; lines `name = words` before them define classes."""
    classes: dict[str, frozenset[str]] = {}
    code = ""
    for line in _lines(language):
        if line.startswith("["):
            code = line.strip("[]")
        elif code:
            yield _phrase(code, language, line, classes)
        elif not line.startswith(LISTS):
            name, _, words = line.partition(" = ")
            classes[name.strip()] = _words(words.replace(" ", "|"), classes)


def _lines(language: str) -> Iterator[str]:
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        if text := line.partition("#")[0].strip():
            yield text


def _phrase(code: str, language: str, line: str, classes: dict[str, frozenset[str]]) -> Phrase:
    steps = sorted((_step(written, classes) for written in line.split()), key=_is_not_before)
    needed = tuple(step.words for step in steps if step.move is StepKind.WORD)
    return Phrase(code, language, tuple(steps), needed)


def _is_not_before(step: Step) -> bool:
    """Sort False before True: what must not precede is checked where the phrase begins."""
    return step.move is not StepKind.NOT_BEFORE


def _step(written: str, classes: dict[str, frozenset[str]]) -> Step:
    if gap := _GAP.fullmatch(written):
        return Step(StepKind.GAP, within=int(gap[1] or DEFAULT_GAP))
    if around := _AROUND.fullmatch(written):
        move = StepKind.NOT_AFTER if around[1] == "!" else StepKind.NOT_BEFORE
        return Step(move, _words(around[3], classes), int(around[2] or 1))
    move = StepKind.MAYBE if written.endswith("?") else StepKind.WORD
    return Step(move, _words(written.removesuffix("?"), classes))


def _words(written: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in filter(None, written.split("|")):
        found |= classes[word[1:-1]] if word.startswith("{") else {word}
    return frozenset(found)
