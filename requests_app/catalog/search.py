"""Find a topic by a few typed letters, as the desk types them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from requests_app.lib.text import words


class Searched(NamedTuple):
    """What of a topic is searched."""

    number: int
    label: str
    theme: str
    keywords: Sequence[str]


@lru_cache(maxsize=1024)
def _known_words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _score(typed: list[str], topic: Searched) -> int:
    """Rate a topic; 0 unless every typed word begins one of its words."""
    fields = (
        (8, [_known_words(topic.label)]),
        (5, [_known_words(keyword) for keyword in topic.keywords]),
        (1, [_known_words(topic.theme)]),
    )
    total = 0
    for word in typed:
        best = 0
        for weight, texts in fields:
            for known in texts:
                if word in known:
                    best = max(best, weight + 4 + (2 if known[0] == word else 0))
                elif any(k.startswith(word) for k in known):
                    best = max(best, weight + (1 if known[0].startswith(word) else 0))
        if not best:
            return 0
        total += best
    return total


def best_matches(typed: str, topics: Sequence[Searched]) -> list[int]:
    """Number the topics that hold every typed word (or its beginning), best first, then by label."""
    asked = words(typed[:80])
    if not asked:
        return []
    rated = [(-_score(asked, topic), topic.label, topic.number) for topic in topics]
    return [number for score, _label, number in sorted(rated) if score]
