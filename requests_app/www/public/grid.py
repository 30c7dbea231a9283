"""The 106 criteria of RGAA 4.1 as data: what axe decides, else what a person checked and when.

`rgaa_by_axe.csv` is written by the tests at each run (tests/rgaa.py), `rgaa_by_hand.csv` by the person who
checks.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.lib.spreadsheets import Cell

DATA = Path(__file__).parent / "data"
CRITERIA, BY_AXE, BY_HAND = "rgaa_criteria.csv", "rgaa_by_axe.csv", "rgaa_by_hand.csv"
MET, NOT_MET, NOT_CONCERNED, NOT_CHECKED = "C", "NC", "NA", "NT"  # as the official grids write them
WORDS: dict[str, Promise] = {
    MET: gettext_lazy("respecté"),
    NOT_MET: gettext_lazy("non respecté"),
    NOT_CONCERNED: gettext_lazy("sans objet"),
    NOT_CHECKED: gettext_lazy("pas encore vérifié"),
}
AXE = "axe"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion and its result; ``by`` says who or what decided, "" when nobody has yet."""

    number: str
    theme: str
    title: str
    result: str
    by: str = ""
    checked_on: date | None = None
    note: str = ""

    @property
    def words(self) -> Promise:
        return WORDS[self.result]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many criteria are met, not met, not concerned, not checked yet."""

    met: int
    not_met: int
    not_concerned: int
    not_checked: int

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.not_concerned + self.not_checked

    @property
    def percent_met(self) -> int:
        """Compute the share of those that concern these pages; what is not checked counts as not met."""
        concerned = self.total - self.not_concerned
        return 100 * self.met // concerned if concerned else 0


@cache
def grid() -> tuple[Criterion, ...]:
    """Return the complete grid, in the order of the criteria."""
    return merge(_rows(CRITERIA), _index_by_number(BY_AXE), _index_by_number(BY_HAND))


def merge(
    criteria: Sequence[Mapping[str, str]],
    by_axe: Mapping[str, Mapping[str, str]],
    by_hand: Mapping[str, Mapping[str, str]],
) -> tuple[Criterion, ...]:
    """Join the results: a failure that either of them found is one, then axe decides, then the hand."""
    return tuple(
        _criterion(row, by_axe.get(row["criterion"]), by_hand.get(row["criterion"])) for row in criteria
    )


def summary(criteria: Sequence[Criterion]) -> Summary:
    counts = Counter(each.result for each in criteria)
    return Summary(counts[MET], counts[NOT_MET], counts[NOT_CONCERNED], counts[NOT_CHECKED])


def table(criteria: Sequence[Criterion]) -> Iterator[Sequence[Cell]]:
    """Return the rows of the file that anybody may take, after their heads."""
    heads = (_("Critère"), _("Thème"), _("Intitulé"), _("Code"), _("Résultat"), _("Vérifié par"), _("Le"))
    yield *heads, _("Remarque")
    for each in criteria:
        on = each.checked_on.isoformat() if each.checked_on else ""
        yield each.number, each.theme, each.title, each.result, str(each.words), each.by, on, each.note


def _criterion(
    row: Mapping[str, str], axe: Mapping[str, str] | None, hand: Mapping[str, str] | None
) -> Criterion:
    number, theme, title = row["criterion"], row["theme"], row["title"]
    if axe and not (hand and hand["result"] == NOT_MET):
        return Criterion(number, theme, title, axe["result"], by=AXE, note=axe["rules"])
    if hand:
        on = date.fromisoformat(hand["checked_on"])
        return Criterion(number, theme, title, hand["result"], hand["by"], on, hand["note"])
    return Criterion(number, theme, title, NOT_CHECKED)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _index_by_number(name: str) -> dict[str, dict[str, str]]:
    return {row["criterion"]: row for row in _rows(name)}
