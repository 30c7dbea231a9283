"""Whether two records are of one person: rules as data, points that add up, reasons in words.

A telephone alone never suffices: families and shelters share it (domain-public-service 2.4).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.people.plain_names import name_words
from requests_app.people.similarity import is_similar

ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """What it adds to the score; ``words`` is the reason shown, "" for evidence against."""

    points: int
    words: str | Promise = ""


RULES = {
    "same_email": Rule(60, _("même e-mail")),
    "shared_email": Rule(10, _("même e-mail, partagé")),
    "same_phone": Rule(40, _("même téléphone")),
    "shared_phone": Rule(20, _("même téléphone, partagé")),
    "same_name": Rule(40, _("même nom")),
    "near_name": Rule(30, _("nom presque pareil")),
    "other_name": Rule(-40),
    "same_birth_date": Rule(50, _("même date de naissance")),
    "same_birth_year": Rule(30, _("même année de naissance")),
    "other_birth": Rule(-40),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What is compared; ``contacts`` are (kind, value, is_shared)."""

    given_name: str
    family_name: str
    usage_name: str
    birth_year: int | None
    birth_date: date | None
    contacts: Collection[tuple[str, str, bool]] = ()


@dataclass(frozen=True, slots=True)
class Similarity:
    score: int
    reasons: list[str]
    is_same_name: bool = False
    is_against: bool = False

    @property
    def is_enough(self) -> bool:
        return self.score >= ENOUGH

    @property
    def is_possible(self) -> bool:
        """Tell whether it is worth a look: enough points, or the same name with nothing against it."""
        return self.is_enough or (self.is_same_name and not self.is_against)


def compare(one: Identity, other: Identity) -> Similarity:
    """Add up the rules that match these two."""
    codes = [*_contact(one, other), *_name(one, other), *_birth(one, other)]
    held = [RULES[code] for code in codes]
    return Similarity(
        sum(rule.points for rule in held),
        [str(rule.words) for rule in held if rule.words],
        is_same_name="same_name" in codes,
        is_against="other_birth" in codes,
    )


def _contact(one: Identity, other: Identity) -> Iterator[str]:
    theirs = {(kind, value): shared for kind, value, shared in other.contacts}
    found = {
        kind: shared or theirs[kind, value]
        for kind, value, shared in sorted(one.contacts, key=lambda contact: -contact[2])
        if (kind, value) in theirs
    }
    for kind, is_shared in found.items():
        yield f"{'shared' if is_shared else 'same'}_{kind}"


def _name(one: Identity, other: Identity) -> Iterator[str]:
    mine, theirs = _spellings(one), _spellings(other)
    if not mine or not theirs:
        return
    if any(_same(a, b) for a in mine for b in theirs):
        yield "same_name"
    elif any(_near(a, b) for a in mine for b in theirs):
        yield "near_name"
    else:
        yield "other_name"


def _spellings(who: Identity) -> list[str]:
    """Return the name with the birth name, and the name in use; a single word says too little.

    A desk may write all of it in one field.
    """
    families = [family for family in (who.family_name, who.usage_name) if family] or [""]
    both = [f"{who.given_name} {family}" for family in families]
    return [name for name in both if len(name_words(name)) > 1]


def _same(one: str, other: str) -> bool:
    """Tell whether both have the same words in any order, or the same letters: « Ben Ali », « Benali »."""
    return sorted(name_words(one)) == sorted(name_words(other)) or "".join(name_words(one)) == "".join(
        name_words(other)
    )


def _near(one: str, other: str) -> bool:
    return all(is_similar(word, other) for word in name_words(one)) and all(
        is_similar(word, one) for word in name_words(other)
    )


def _birth(one: Identity, other: Identity) -> Iterator[str]:
    if one.birth_date and other.birth_date:
        yield "same_birth_date" if one.birth_date == other.birth_date else "other_birth"
    elif one.birth_year and other.birth_year:
        yield "same_birth_year" if one.birth_year == other.birth_year else "other_birth"
