"""Persons whose name is similar to the one typed, found by the distinct words of all names.

Compared with every person, one wrong letter costs half a second among six hundred thousand; there
are a hundred times fewer words.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from django.db import connection
from django.db.models import Q

from requests_app.people.models.name_words import NameWords

CLOSE = 60  # words that share enough trigrams, of which
NEAREST = 10  # these remain, compared letter by letter
NEAR = "SELECT word, near FROM people_near_words(%s::text[], %s)"
NAME_WORDS = NameWords("given_name", "family_name", "usage_name")


def near_words(typed: Iterable[str]) -> dict[str, list[str]]:
    """Return the words of names nearest to each term, the term itself first when some name has it.

    One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [list(typed), CLOSE])
        return {word: _nearest(word, close) for word, close in cursor.fetchall()}


def holding(words: Sequence[str]) -> Q:
    """Match names with one of these words; for a query that knows ``NAME_WORDS`` as ``name_words``."""
    return Q(name_words__overlap=list(words))


def _nearest(word: str, close: list[str]) -> list[str]:
    by_letters = SequenceMatcher(b=word, autojunk=False)

    def distance(other: str) -> float:
        by_letters.set_seq1(other)
        return -by_letters.ratio()

    return sorted(close, key=distance)[:NEAREST]
