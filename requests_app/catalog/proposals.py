"""Propose a topic from the words of a message; an agent accepts it or chooses another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from requests_app.catalog.models import Topic
from requests_app.catalog.sayings import find_sayings
from requests_app.catalog.victims import settled_by_age
from requests_app.lib.text import words

READ = 20_000
"""Signs of a message that are read."""

_PHRASE, _OWN_WORD, _SHARED_WORD, _GENERIC_WORD, ENOUGH = 4.0, 2.0, 1.0, 0.5, 2.0
_GENERIC_LIST = """
accueil renseignement orientation information dossier courrier droit demarche formulaire adresse
situation delai carte place recherche visite contrat station compte transfert inscription enfant famille
jeune referent formation urgence garde acte parc feu route rue prime foyer autre aide rendez reclamation
plainte depot bilan
"""


Phrases = dict[str, list[tuple[tuple[str, ...], str, str]]]  # by first word: phrase, topic, keyword


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic, and the words found: keywords as the catalog writes them, a saying as it was said."""

    topic_id: int
    code: str
    words: tuple[str, ...]


def propose_topic(text: str, topics: Iterable[Topic], *, with_sensitive: bool = False) -> Proposal | None:
    """Name the one topic whose keywords stand out: none on a tie or a vague word.

    A sensitive one only for those who may read it; nobody else learns that there is one (threats: A03).
    """
    message = [_singular(word) for word in words(text[:READ])]
    known = list(topics)
    phrases, owners = _index(tuple((topic.code, tuple(topic.keywords)) for topic in known))
    found, as_said = _find_keywords(message, phrases), find_sayings(text[:READ])
    scores = {t.code: _score(found[t.code], owners) + _PHRASE * (t.code in as_said) for t in known}
    rated = sorted(((scores[topic.code], topic) for topic in known), key=lambda pair: -pair[0])
    if not rated or rated[0][0] < ENOUGH:
        return None
    best = _most_precise([topic for score, topic in rated if score == rated[0][0]], as_said)
    if len(best) > 1 or (best[0].is_sensitive and not with_sensitive):
        return None
    code, said = best[0].code, as_said.get(best[0].code, ())
    settled = settled_by_age(code, text[:READ], said)
    topic = next((each for each in known if each.code == settled), best[0])
    return Proposal(topic.pk, topic.code, tuple(dict.fromkeys([*found[code], *said])))


def _most_precise(equals: list[Topic], as_said: Mapping[str, tuple[str, ...]]) -> list[Topic]:
    """Select, of topics that weigh the same, those said in most words: the victim says whose story it is."""
    longest = max(len(as_said.get(topic.code, ())) for topic in equals)
    return [topic for topic in equals if len(as_said.get(topic.code, ())) == longest]


@lru_cache(maxsize=4096)
def _phrase(keyword: str) -> tuple[str, ...]:
    return tuple(_singular(word) for word in words(keyword))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


_GENERIC = frozenset(_singular(word) for word in _GENERIC_LIST.split())


@lru_cache(maxsize=4)
def _index(topics: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Phrases, Counter[tuple[str, ...]]]:
    """Index the keywords by their first word, and count how many topics own each: half of the work."""
    by_first: Phrases = {}
    for code, keywords in topics:
        for keyword in keywords:
            if phrase := _phrase(keyword):
                by_first.setdefault(phrase[0], []).append((phrase, code, keyword))
    return by_first, Counter(_phrase(keyword) for _code, keywords in topics for keyword in keywords)


def _find_keywords(message: list[str], by_first: Phrases) -> dict[str, list[str]]:
    """List, by topic, the keywords that a message holds as whole words."""
    found: dict[str, list[str]] = defaultdict(list)
    for position, word in enumerate(message):
        for phrase, code, keyword in by_first.get(word, ()):
            if keyword not in found[code] and tuple(message[position : position + len(phrase)]) == phrase:
                found[code].append(keyword)
    return found


def _score(keywords: list[str], owners: Counter[tuple[str, ...]]) -> float:
    """Score keywords: a phrase says more than a word, a word of one topic more than a word of several."""
    return sum(_weight(_phrase(keyword), owners) for keyword in keywords)


def _weight(phrase: tuple[str, ...], owners: Counter[tuple[str, ...]]) -> float:
    if len(phrase) > 1:
        return _PHRASE
    if phrase[0] in _GENERIC or phrase[0].isdigit():
        return _GENERIC_WORD
    return _OWN_WORD if owners[phrase] == 1 else _SHARED_WORD
