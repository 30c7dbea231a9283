"""The periods a manager may select: whole weeks, so that nobody compares a Monday with a Friday."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.indicators.delays import working_days
from requests_app.lib.weeks import WEEK


@dataclass(frozen=True, slots=True)
class Choice:
    """A period as requested: how many weeks, and how many weeks ago the last of them was."""

    code: str
    label: str | Promise
    weeks: int
    ago: int = 0


CHOICES = {
    choice.code: choice
    for choice in (
        Choice("semaine", _("Cette semaine"), 1),
        Choice("semaine-derniere", _("La semaine dernière"), 1, ago=1),
        Choice("4-semaines", _("4 semaines"), 4),
        Choice("12-semaines", _("12 semaines"), 12),
    )
}
DEFAULT = "4-semaines"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from a Monday, both ends included; the current week ends today."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def after(self) -> date:
        """Return the first day after it."""
        return self.last + timedelta(days=1)

    @property
    def working(self) -> int:
        return working_days(self.first, self.last)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(choice: Choice, today: date) -> Period:
    monday = today - timedelta(days=today.weekday()) - choice.ago * WEEK
    return Period(monday - (choice.weeks - 1) * WEEK, min(monday + timedelta(days=6), today))


def previous_period(period: Period, choice: Choice) -> Period:
    """Return as many whole weeks, just before."""
    return Period(period.first - choice.weeks * WEEK, period.first - timedelta(days=1))
