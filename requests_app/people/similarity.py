"""Two spellings of a name compared by trigrams, as PostgreSQL's pg_trgm does."""

from functools import lru_cache
from itertools import pairwise

from requests_app.people.plain_names import name_words

ENOUGH = 0.25  # one wrong letter in a word of four, or two swapped in one of six


@lru_cache(maxsize=4096)
def _signs(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def is_similar(word: str, name: str) -> bool:
    """Tell whether a term is similar to a word of the name, or to two of them joined."""
    known = name_words(name)
    return any(_near(word, other) for other in (*known, *("".join(two) for two in pairwise(known))))


def _near(word: str, other: str) -> bool:
    mine, theirs = _signs(word), _signs(other)
    return other.startswith(word) or len(mine & theirs) >= ENOUGH * len(mine | theirs)
