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

from requests_app.www.public.grid import Summary, grid, summary

FILE = Path(__file__).parent / "data" / "accessibility.toml"
VALID_YEARS = 3
LEAST_FOR_PARTIAL = 50  # % of the criteria that concern the pages (decree 2019-768)
STATES: dict[str, Promise] = {
    "full": _("Accessibilité : totalement conforme"),
    "partial": _("Accessibilité : partiellement conforme"),
    "none": _("Accessibilité : non conforme"),
}
KINDS: dict[str, Promise] = {
    "fault": _("Non-conformités"),
    "burden": _("Dérogations pour charge disproportionnée"),
    "exempt": _("Contenus que la loi ne vise pas"),
}
NONE: dict[str, Promise] = {
    "fault": _("Aucune n’est connue."),
    "burden": _("Aucune dérogation."),
    "exempt": _("Aucun."),
}
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Audit:
    """Who audited the pages, and when; their findings are in the grid."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Contents:
    """What is not accessible, of one kind; ``none`` is the sentence when there is nothing of it."""

    title: Promise
    texts: list[str]
    none: Promise


@dataclass(frozen=True, slots=True)
class Statement:
    """What the law asks to be said; texts are in the language of the page."""

    state: str
    summary: Summary
    stated_on: date
    referential: str
    technologies: tuple[str, ...]
    audit: Audit | None
    _checks: tuple[Words, ...]
    _not_accessible: tuple[Words, ...]

    def words_on(self, day: date) -> Promise:
        """Return the state that may be claimed that day: past its three years a statement claims nothing."""
        return STATES["none" if self.is_over(day) else self.state]

    @property
    def checks(self) -> list[str]:
        return [_translate(each) for each in self._checks]

    @property
    def not_accessible(self) -> list[Contents]:
        """Return each of the three kinds (order of 20 September 2019)."""
        return [Contents(title, self._contents_of(kind), NONE[kind]) for kind, title in KINDS.items()]

    @property
    def until(self) -> date:
        """Return the last day on which it is valid."""
        return years_after(self.stated_on, VALID_YEARS)

    def is_over(self, on: date) -> bool:
        return on > self.until

    def _contents_of(self, kind: str) -> list[str]:
        return [_translate(each) for each in self._not_accessible if each["kind"] == kind]


def _translate(words: Words) -> str:
    return words.get((get_language() or "fr")[:2], words["fr"])


@cache
def statement() -> Statement:
    """Read the statement from the file and the grid."""
    return read(tomllib.loads(FILE.read_text("utf-8")), summary(grid()))


def read(data: dict[str, Any], found: Summary) -> Statement:
    audit = Audit(**data["audit"]) if "audit" in data else None
    return Statement(
        state=state_of(found, audit, data["stated_on"]),
        summary=found,
        stated_on=data["stated_on"],
        referential=data["referential"],
        technologies=tuple(data["technologies"]),
        audit=audit,
        _checks=tuple(data["checks"]),
        _not_accessible=tuple(_check_kind(each) for each in data["not_accessible"]),
    )


def _check_kind(each: Words) -> Words:
    if each.get("kind") not in KINDS:
        raise ValueError(f"unknown kind of content {each.get('kind')}")
    return each


def state_of(found: Summary, audit: Audit | None, on: date) -> str:
    """Compute the state: nothing is claimed without an audit that is still valid and a complete grid."""
    is_valid = audit is not None and audit.on <= on <= years_after(audit.on, VALID_YEARS)
    if not is_valid or found.not_checked:
        return "none"
    if not found.not_met:
        return "full"
    return "partial" if found.percent_met >= LEAST_FOR_PARTIAL else "none"


def years_after(day: date, years: int) -> date:
    """Return the same day of the month; 1 March for a 29 February that does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
