"""What was seen at each Maison, joined until every part is of five people at least (threats: P06).

A part that is published, and all of them together, are sums of whole parts: no subtraction leaves fewer.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from requests_app.lib.few_people import FEW, join_few

NOBODY = 0  # those without a known person count as one: they may all be the same
_ENOUGH = 50  # people remembered by Maison: more say nothing more about how few they are

Sighting = tuple[int, Hashable, Hashable]
"""The Maison, who it was about (NOBODY when unknown), and what was seen."""


@dataclass(slots=True)
class Tally:
    """``seen``: how many times each thing was; ``people``: some of those it was about."""

    seen: Counter[Hashable] = field(default_factory=Counter)
    people: set[Hashable] = field(default_factory=set)

    def add(self, who: Hashable, what: Hashable) -> None:
        self.seen[what] += 1
        if len(self.people) < _ENOUGH:
            self.people.add(who)

    def join(self, other: "Tally") -> "Tally":
        return Tally(self.seen + other.seen, self.people | other.people)

    @property
    def can_stand_alone(self) -> bool:
        return len(self.people) >= FEW

    @property
    def n(self) -> int:
        return self.seen.total()


def tally(sightings: Iterable[Sighting]) -> dict[int, Tally]:
    """Add up what was seen, Maison by Maison."""
    found: dict[int, Tally] = {}
    for maison, who, what in sightings:
        found.setdefault(maison, Tally()).add(who, what)
    return found


@dataclass(frozen=True, slots=True)
class Parts:
    """``maisons`` stand alone, ``others`` are those that cannot, ``whole`` is all of them."""

    maisons: dict[int, Tally]
    others: Tally | None
    whole: Tally | None


def part(tallies: Mapping[int, Tally]) -> Parts:
    """Part them; with too few small Maisons, the smallest that could stand alone joins them."""
    whole = join(tallies.values())
    if not whole.can_stand_alone:
        return Parts({}, None, None)
    people = {maison: each.people for maison, each in tallies.items()}
    alone, small = join_few(people, size=lambda maison: (tallies[maison].n, maison))
    others = join(tallies[maison] for maison in small)
    return Parts({maison: tallies[maison] for maison in alone}, others if small else None, whole)


def join(tallies: Iterable[Tally]) -> Tally:
    """Return one tally of all of them."""
    joined = Tally()
    for each in tallies:
        joined = joined.join(each)
    return joined
