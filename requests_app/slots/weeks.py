"""An agent's week as people see it: which opening is on which day, and how it repeats, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from requests_app.lib import french
from requests_app.maisons.opening import format_clock
from requests_app.slots.computing.recurrence import occurrences
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.models.wall_times import RepeatedTime
from requests_app.slots.rule_phrases import describe_rule
from requests_app.slots.rules import EACH, Frequency, Rule, read_rule

Row = TypeVar("Row", Opening, Absence, Closure)
Repeated = TypeVar("Repeated", Opening, Absence)


class Repeat(models.TextChoices):
    """The repetitions that the pages offer; ``OTHER`` came from a file, and is kept as it is."""

    WEEKLY = "weekly", gettext_lazy("Toutes les semaines")
    BIWEEKLY = "biweekly", gettext_lazy("Toutes les deux semaines")
    ONCE = "once", gettext_lazy("Une seule fois")
    OTHER = "other", gettext_lazy("Comme aujourd’hui")


RULES = {Repeat.WEEKLY: "FREQ=WEEKLY", Repeat.BIWEEKLY: "FREQ=WEEKLY;INTERVAL=2", Repeat.ONCE: ""}


@dataclass(frozen=True, slots=True)
class Occurrence(Generic[Row]):
    """One time of an opening, of an absence or of a closure, on the wall clock."""

    start: datetime
    end: datetime
    row: Row

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def last_day(self) -> date:
        return (self.end - timedelta.resolution).date()

    @property
    def hours(self) -> str:
        """Say « de 9 h à 12 h », or with the days where it lasts longer than one."""
        if self.last_day > self.day:
            days = {"from": french.day(self.day), "to": french.day(self.last_day)}
            return _("du %(from)s au %(to)s") % days
        if self.end.date() > self.day and self.start.time() == time.min:
            return _("toute la journée")
        return _("de %(from)s à %(to)s") % {
            "from": format_clock(self.start.time()),
            "to": format_clock(self.end.time()),
        }


def next_weekday(day: date, weekday: int) -> date:
    """Return the first such day of the week from a day on, that day included."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def repeat_of(row: RepeatedTime) -> Repeat:
    """Return which of the choices of the pages a row follows."""
    rule = read_rule(row.rrule)
    if rule is None:
        return Repeat.ONCE
    plain = rule.frequency is Frequency.WEEKLY and rule.count is None and rule.until is None
    if not plain or rule.weekdays - {(EACH, row.starts_on.weekday())}:
        return Repeat.OTHER
    return {1: Repeat.WEEKLY, 2: Repeat.BIWEEKLY}.get(rule.interval, Repeat.OTHER)


def describe_repeat(row: RepeatedTime) -> str:
    """Say how a row repeats and when it ends: « toutes les semaines, sans fin »."""
    rule = read_rule(row.rrule)
    if rule is None:
        return _("une seule fois, %(day)s") % {"day": french.day(row.starts_on)}
    return f"{describe_rule(rule, row.starts_on)}, {_end_of(row, rule)}"


def _end_of(row: RepeatedTime, rule: Rule) -> str:
    if row.valid_until:
        return _("jusqu’au %(day)s") % {"day": french.day(row.valid_until)}
    if rule.until:
        return _("jusqu’au %(day)s") % {"day": french.day(rule.until.moment.date())}
    if rule.count:
        return ngettext("%(n)d fois", "%(n)d fois", rule.count) % {"n": rule.count}
    return _("sans fin")


def describe_span(row: Absence | Closure) -> str:
    """Say when an absence or a closure is, and how it repeats: « mardi 4 novembre, toute la journée »."""
    once: Occurrence[Any] = Occurrence(row.start, row.end, row)
    words = once.hours if once.last_day > once.day else f"{french.day(once.day)}, {once.hours}"
    if isinstance(row, Absence) and row.rrule:
        return f"{words}, {describe_repeat(row)}"
    return words


def occurrences_of(rows: Iterable[Repeated], *, first: date, last: date) -> list[Occurrence[Repeated]]:
    """List the times of some rows that touch these days, both included, in order."""
    found = [each for row in rows for each in _expand(row, first, last)]
    return sorted(found, key=lambda each: (each.start, each.end, each.row.pk))


def _expand(row: Repeated, first: date, last: date) -> list[Occurrence[Repeated]]:
    length = row.end - row.start
    low = max(first - timedelta(days=length.days + 1), row.valid_from or date.min)
    high = min(last, row.valid_until or date.max)
    starts = occurrences(row.start, read_rule(row.rrule), low=low, high=high)
    found = (Occurrence(start, start + length, row) for start in starts)
    return [each for each in found if each.end > datetime.combine(first, datetime.min.time())]
