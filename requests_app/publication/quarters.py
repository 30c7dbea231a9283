"""Quarters of a year, as addresses and people write them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.translation import gettext as _

from requests_app.lib.months import add_months

MONTHS = 3
_WRITTEN = re.compile(r"(20\d\d)-[tT]([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months; ``first`` is their first day."""

    first: date

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read « 2026-T3 »; None when it is no quarter."""
        found = _WRITTEN.fullmatch(text)
        return cls(date(int(found[1]), 1 + (int(found[2]) - 1) * MONTHS, 1)) if found else None

    @property
    def number(self) -> int:
        return 1 + (self.first.month - 1) // MONTHS

    @property
    def code(self) -> str:
        return f"{self.first.year}-T{self.number}"

    @property
    def after(self) -> date:
        """Return the day after its last."""
        return add_months(self.first, MONTHS)

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)

    @property
    def words(self) -> str:
        """Return « 3e trimestre 2026 »."""
        names = (
            _("1er trimestre %(year)s"),
            _("2e trimestre %(year)s"),
            _("3e trimestre %(year)s"),
            _("4e trimestre %(year)s"),
        )
        return names[self.number - 1] % {"year": self.first.year}

    def go_back(self, quarters: int = 1) -> "Quarter":
        return Quarter(add_months(self.first, -MONTHS * quarters))


def quarter_of(day: date) -> Quarter:
    return Quarter(date(day.year, 1 + (day.month - 1) // MONTHS * MONTHS, 1))
