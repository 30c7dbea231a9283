"""What axe's own RGAA tags decide, page by page, kept as data for the accessibility statement.

A criterion is met when no page has a fault of it and one at least could have had one; a page where axe is not
sure leaves it to a person.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from requests_app.www.public.grid import BY_AXE, DATA, MET, NOT_CONCERNED, NOT_MET

FILE = DATA / BY_AXE
RULES = {"runOnly": {"type": "tag", "values": ["RGAAv4"]}}
_CRITERION = re.compile(r"RGAA-(\d+\.\d+)\.\d+")
UNSURE = "?"
# What axe calls each group of rules, the worst first.
GROUPS = (("violations", NOT_MET), ("incomplete", UNSURE), ("passes", MET), ("inapplicable", NOT_CONCERNED))
RANK = {code: rank for rank, (_group, code) in enumerate(GROUPS)}


class Measure:
    """The worst that was seen of each criterion, and the rules that speak of it."""

    def __init__(self) -> None:
        self.results: dict[str, str] = {}
        self.rules: dict[str, set[str]] = {}

    def look(self, page: Page) -> None:
        """Add what axe finds on a page as it stands."""
        self.add(Axe().run(page, options=RULES).response)

    def add(self, response: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        for group, code in GROUPS:
            for rule in response[group]:
                for criterion in set(_CRITERION.findall(" ".join(rule["tags"]))):
                    self._note(criterion, rule["id"], code)

    def _note(self, criterion: str, rule: str, code: str) -> None:
        known = self.results.get(criterion, NOT_CONCERNED)
        self.results[criterion] = min(known, code, key=RANK.__getitem__)
        self.rules.setdefault(criterion, set()).add(rule)

    def as_csv(self) -> str:
        """The decided ones, in the order of the criteria."""
        written = io.StringIO()
        rows = csv.writer(written, lineterminator="\n")
        rows.writerow(("criterion", "result", "rules"))
        for criterion in sorted(self.results, key=lambda number: [int(part) for part in number.split(".")]):
            if self.results[criterion] != UNSURE:
                rows.writerow((criterion, self.results[criterion], " ".join(sorted(self.rules[criterion]))))
        return written.getvalue()


def store(measure: Measure, file: Path = FILE) -> bool:
    """Write what was measured where the statement reads it; whether it says something new."""
    measured = measure.as_csv()
    if file.read_text("utf-8") == measured:
        return False
    file.write_text(measured, "utf-8")
    return True
