"""The accessibility statement, read from a versioned file (decree 2019-768, articles 4 and 5)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).parent / "data" / "accessibility.toml"
VALID_YEARS = 3
STATES: dict[str, Promise] = {
    "full": _("Accessibilité : totalement conforme"),
    "partial": _("Accessibilité : partiellement conforme"),
    "none": _("Accessibilité : non conforme"),
}
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Audit:
    by: str
    on: date
    criteria_met_percent: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What the law asks to be said; texts are in the language of the page."""

    state: str
    stated_on: date
    referential: str
    technologies: tuple[str, ...]
    audit: Audit | None
    _checks: tuple[Words, ...]
    _not_accessible: tuple[Words, ...]

    @property
    def words(self) -> Promise:
        return STATES[self.state]

    @property
    def checks(self) -> list[str]:
        return [_spoken(each) for each in self._checks]

    @property
    def not_accessible(self) -> list[str]:
        return [_spoken(each) for each in self._not_accessible]


def _spoken(words: Words) -> str:
    return words.get((get_language() or "fr")[:2], words["fr"])


@cache
def statement() -> Statement:
    """The statement as the file says it; ValueError when it claims more than its audit allows."""
    return read(tomllib.loads(FILE.read_text("utf-8")))


def read(data: dict[str, Any]) -> Statement:
    audit = Audit(**data["audit"]) if "audit" in data else None
    _refuse_overclaim(data["state"], audit, data["stated_on"])
    return Statement(
        state=data["state"],
        stated_on=data["stated_on"],
        referential=data["referential"],
        technologies=tuple(data["technologies"]),
        audit=audit,
        _checks=tuple(data["checks"]),
        _not_accessible=tuple(data["not_accessible"]),
    )


def _refuse_overclaim(state: str, audit: Audit | None, on: date) -> None:
    if state not in STATES:
        raise ValueError(f"unknown state {state}")
    least = {"full": 100, "partial": 50, "none": 0}[state]
    is_valid = audit is not None and on.year - audit.on.year <= VALID_YEARS
    if least and not (is_valid and audit is not None and audit.criteria_met_percent >= least):
        raise ValueError(f"« {state} » needs a valid audit with {least} % of the criteria")
