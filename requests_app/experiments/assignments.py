"""Which sites could as well have been the tried ones."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from random import Random

MAX_EXACT = 10_000
DRAWS = 9_999
_SEED = 20_261_201  # a file gives the same answer each time it is read

Assignment = tuple[int, ...]


def list_assignments(sites: int, tried: Sequence[int]) -> list[Assignment]:
    """Return sets of as many positions as ``tried``, the real one among them.

    All of them up to ``MAX_EXACT``; beyond, the real one and ``DRAWS`` drawn with a fixed seed
    (Phipson and Smyth, 2010: the real one counted, p is never 0).
    """
    if comb(sites, len(tried)) <= MAX_EXACT:
        return list(combinations(range(sites), len(tried)))
    return [tuple(tried), *_draws(sites, len(tried))]


def _draws(sites: int, size: int) -> Iterator[Assignment]:
    random, positions = Random(_SEED), range(sites)  # noqa: S311 -- draws for a test, not for a secret
    for _ in range(DRAWS):
        yield tuple(random.sample(positions, size))
