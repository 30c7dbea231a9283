"""Find phrases of danger in a text, in one pass over its words (threats: N02, N12)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from requests_app.lib.dangers.patterns import (
    LANGUAGES,
    Phrase,
    Step,
    StepKind,
    other_languages,
    phrases,
    read_plain_words,
)
from requests_app.lib.dangers.spelling import MIN_FUZZY, deletions_of, is_one_fault_apart, sound_of
from requests_app.lib.text import fold, plain

MAX_WORD = 30  # letters; no word of a phrase is longer
MAX_READ = 20_000  # characters read: people say a danger in the first pages
BORDER = frozenset[str]()  # the end of a sentence: no phrase crosses it
MIN_SURE = 3  # small words that only one language has
_TOKEN = re.compile(r"[a-z0-9]+|[.!?;](?=\s)")
_ONE_LETTER_STOPS = re.compile(r"(?<=\b\w)\.(?=\w\b)")

Forms = frozenset[str]


class Vocabulary:
    """The words of one language's phrases, found by their sound or despite one misspelling."""

    def __init__(self, language: str) -> None:
        self.is_french = language == "french"
        self.look_alikes = read_plain_words(language, "look-alikes")
        steps = (step for phrase in phrases() if phrase.language == language for step in phrase.steps)
        words = {word for step in steps for word in step.words}
        self.exact = {word[1:] for word in words if word.startswith("=")}
        self.by_key: dict[str, set[str]] = defaultdict(set)
        self.by_part: dict[str, set[str]] = defaultdict(set)
        for word in words - {f"={exact}" for exact in self.exact}:
            self.by_key[self.key(word)].add(word)
        for key in self.by_key:
            for part in deletions_of(key) if len(key) >= MIN_FUZZY else ():
                self.by_part[part].add(key)

    def key(self, word: str) -> str:
        return sound_of(word) if self.is_french else word

    def forms(self, word: str) -> set[str]:
        """Return the words of the phrases that this one may stand for; usually none."""
        exact = {f"={word}"} if word in self.exact else set()
        key = self.key(word)
        if word in self.look_alikes or len(word) > MAX_WORD:
            return exact
        return exact | (self.by_key.get(key) or self._one_fault_apart(key))

    def _one_fault_apart(self, key: str) -> set[str]:
        if len(key) < MIN_FUZZY:
            return set()
        near = {known for part in deletions_of(key) for known in self.by_part.get(part, ())}
        return {w for known in near if is_one_fault_apart(key, known) for w in self.by_key[known]}


@cache
def _vocabularies() -> dict[str, Vocabulary]:
    return {language: Vocabulary(language) for language in LANGUAGES}


@cache
def _starts(language: str) -> dict[str, list[tuple[int, Phrase]]]:
    """Return the phrases of a language by the word they begin with."""
    found: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    for rank, phrase in enumerate(phrases()):
        if phrase.language == language:
            for word in next(step.words for step in phrase.steps if step.move is StepKind.WORD):
                found[word].append((rank, phrase))
    return dict(found)


@lru_cache(maxsize=8192)
def _forms(language: str, word: str) -> Forms:
    return BORDER if word in ".!?;" else frozenset({word, *_vocabularies()[language].forms(word)})


def codes_in(text: str) -> set[str]:
    """Return the codes of the dangers that a text mentions; the text beyond ``MAX_READ`` is not read."""
    tokens = _TOKEN.findall(plain(_ONE_LETTER_STOPS.sub("", text[:MAX_READ])))
    codes = {phrase.code for language in _languages_of(tokens) for phrase in _find_phrases(language, tokens)}
    return codes | _match_other_languages(text[:MAX_READ])


def _match_other_languages(text: str) -> set[str]:
    """Match the languages for which only literal phrases are known; linear, one search per phrase."""
    line = f" {fold(text)} "
    return {code for code, listed in other_languages().items() if any(each in line for each in listed)}


def _languages_of(tokens: list[str]) -> tuple[str, ...]:
    """Return all the languages, but leave French out of plain English: its words would sound like others."""
    english, french = (
        sum(word in read_plain_words(name, "small-words") for word in tokens)
        for name in ("english", "french")
    )
    return ("english",) if english >= MIN_SURE and not french else LANGUAGES


def _find_phrases(language: str, tokens: list[str]) -> Iterator[Phrase]:
    """Yield the phrases that the text contains, each once."""
    words, starts = [_forms(language, token) for token in tokens], _starts(language)
    present = frozenset[str]().union(*words)
    seen: dict[int, bool] = {}  # whether a phrase is found, or can no longer be
    for place, forms in enumerate(words):
        for form in forms:
            for rank, phrase in starts.get(form, ()):
                if rank not in seen:
                    seen[rank] = any(needed.isdisjoint(present) for needed in phrase.needed)
                if not seen[rank] and _is_at(phrase.steps, words, place):
                    seen[rank] = True
                    yield phrase


def _is_at(steps: tuple[Step, ...], words: list[Forms], place: int) -> bool:
    """Tell whether the phrase stands there; all readings advance together, so that none is tried twice."""
    places = {place}
    for step in steps:
        places = _next_places(step, words, places)
        if not places:
            return False
    return True


def _next_places(step: Step, words: list[Forms], places: set[int]) -> set[int]:
    """Return the positions where the next step may look."""
    if step.move in (StepKind.WORD, StepKind.MAYBE):
        beyond = {at + 1 for at in places if at < len(words) and not step.words.isdisjoint(words[at])}
        return beyond if step.move is StepKind.WORD else beyond | places
    if step.move is StepKind.GAP:
        return {to for at in places for to in range(at, _end_of_sentence(words, at, step.within) + 1)}
    return {at for at in places if _is_free(step, words, at)}


def _is_free(step: Step, words: list[Forms], at: int) -> bool:
    """Tell whether no word around would change the meaning."""
    before = words[max(0, at - step.within) : at]
    around = (
        before if step.move is StepKind.NOT_BEFORE else words[at : _end_of_sentence(words, at, step.within)]
    )
    return all(step.words.isdisjoint(forms) for forms in around)


def _end_of_sentence(words: list[Forms], at: int, most: int) -> int:
    end = at
    while end < min(len(words), at + most) and words[end]:
        end += 1
    return end
