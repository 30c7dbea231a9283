"""Invented persons: some come back, a few give no name."""

from dataclasses import dataclass
from datetime import datetime

from gru.demo.places import Home, Map
from gru.demo.rows import Batch
from gru.demo.words import Texts
from requests_app.lib.text import fold
from requests_app.people.models import ContactPoint, Person

KNOWN_SHARE = 0.25  # of the tickets come from someone who already came
NAMELESS_SHARE = 0.06  # of the visitors give no name
TRIES = 5
PHONES = 10_000  # 06 39 98 00 00 to 99 99, the range that ARCEP reserves for fiction


@dataclass(frozen=True, slots=True)
class Someone:
    """An invented person and how to reach them; ``phone`` is E.164 or ""."""

    pk: int
    name: str
    email: str
    phone: str
    home: Home


class Crowd:
    """The persons of one run. ``label`` separates the addresses of two runs."""

    def __init__(self, words: Texts, territory: Map, batch: Batch, label: str) -> None:
        self.words, self.map, self.batch, self.label = words, territory, batch, label
        self.random = words.random
        self.people: list[Someone] = []
        self.names: set[tuple[str, str]] = set()

    def someone(self, pk: int, at: datetime, *, may_be_nameless: bool) -> Someone | None:
        """Return someone who comes back, or someone new saved under ``pk``; None for the nameless."""
        if may_be_nameless and self.random.random() < NAMELESS_SHARE:
            return None
        if self.people and self.random.random() < KNOWN_SHARE:
            return self.random.choice(self.people)
        given, family = self._name()
        rank = len(self.people)
        email = f"{_local(given)}.{_local(family)}.{self.label}.{rank}@exemple.fr"
        phone = f"+33639{980000 + rank:06d}" if rank < PHONES else ""
        someone = Someone(pk, f"{given} {family}", email, phone, self.map.home())
        self.people.append(someone)
        self._introduce(someone, given, family, at)
        return someone

    def _name(self) -> tuple[str, str]:
        """Return a name that nobody has yet, while some are left: namesakes are rare in a town."""
        name = self.words.person()
        for _try in range(TRIES):
            if name not in self.names:
                break
            name = self.words.person()
        self.names.add(name)
        return name

    def _introduce(self, someone: Someone, given: str, family: str, at: datetime) -> None:
        self.batch.add(
            Person,
            id=someone.pk,
            given_name=given,
            family_name=family,
            usage_name="",
            birth_year=self.random.randint(1932, 2004),
            birth_date=None,
            created_at=at,
            created_by_id=None,
        )
        for kind, value in (("email", someone.email), ("phone", someone.phone)):
            if value:
                self.batch.add(
                    ContactPoint,
                    person_id=someone.pk,
                    kind=kind,
                    value=value,
                    verified_at=None,
                    is_shared=False,
                    usable_for="{answer,reminder}",
                    created_at=at,
                )


def _local(name: str) -> str:
    return fold(name).replace(" ", "-")
