"""Two spellings of a name compared by their signs three by three, as PostgreSQL's pg_trgm does."""

from functools import lru_cache
from itertools import pairwise

from requests_app.people.plain_names import name_words

ENOUGH = 0.25  # one wrong letter in a word of four, or two swapped in one of six


@lru_cache(maxsize=4096)
def _signs(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def is_similar(word: str, name: str) -> bool:
    """Return whether a typed word is nearly one of the words of a name, or two of them written as one."""
    known = name_words(name)
    return any(_near(word, other) for other in (*known, *("".join(two) for two in pairwise(known))))


def _near(word: str, other: str) -> bool:
    mine, theirs = _signs(word), _signs(other)
    return other.startswith(word) or len(mine & theirs) >= ENOUGH * len(mine | theirs)
