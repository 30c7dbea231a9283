"""Find a topic by a few typed letters, as the desk types them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from requests_app.lib.text import words


class SearchableTopic(NamedTuple):
    """The part of a topic that is searched."""

    number: int
    label: str
    theme: str
    keywords: Sequence[str]


@lru_cache(maxsize=1024)
def _known_words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _rate(typed: str, texts: Sequence[str]) -> int:
    """Rate one typed word: it opens a text, it is a word of one, it begins a word, or it is absent."""
    best = 0
    for known in map(_known_words, texts):
        if known[:1] == (typed,):
            return 3
        if typed in known:
            best = 2
        elif not best and any(word.startswith(typed) for word in known):
            best = 1
    return best


def _score(typed: list[str], topic: SearchableTopic) -> int:
    """Rate a topic; 0 unless every typed word begins one of its words."""
    rates = [
        3 * _rate(word, [topic.label]) + 2 * _rate(word, topic.keywords) + _rate(word, [topic.theme])
        for word in typed
    ]
    return sum(rates) if all(rates) else 0


def best_matches(typed: str, topics: Sequence[SearchableTopic]) -> list[int]:
    """Rank the indexes of topics that hold every typed word (or its beginning), best first, then by label."""
    rates = rate_all(typed, topics)
    rated = [(-rates[topic.number], topic.label, topic.number) for topic in topics if topic.number in rates]
    return [number for _score, _label, number in sorted(rated)]


def rate_all(typed: str, topics: Sequence[SearchableTopic]) -> dict[int, int]:
    """Rate the topics that hold every typed word (or its beginning), by their number."""
    asked = words(typed[:80])
    rated = {topic.number: _score(asked, topic) for topic in topics} if asked else {}
    return {number: score for number, score in rated.items() if score}
