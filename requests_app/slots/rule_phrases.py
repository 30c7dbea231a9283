"""A recurrence in words: « tous les mois, le premier mardi », whatever rules.py can read."""

from collections.abc import Iterable
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from requests_app.slots.rules import EACH, Frequency, Rule

RANKS = {
    1: gettext_lazy("le premier %(day)s"),
    2: gettext_lazy("le deuxième %(day)s"),
    3: gettext_lazy("le troisième %(day)s"),
    4: gettext_lazy("le quatrième %(day)s"),
    5: gettext_lazy("le cinquième %(day)s"),
    -1: gettext_lazy("le dernier %(day)s"),
    -2: gettext_lazy("l’avant-dernier %(day)s"),
}


def describe_rule(rule: Rule, starts_on: date) -> str:
    """Say how often and on which days, without its end; ``starts_on`` gives the day that the rule omits."""
    parts = _describe_month_days(rule, starts_on), _describe_weekdays(rule, starts_on)
    days = [_join(part) for part in parts if part]
    if not days:
        return _describe_pace(rule)
    if len(days) == 1 and rule.frequency is not Frequency.DAILY:
        return _("%(pace)s, %(days)s") % {"pace": _describe_pace(rule), "days": days[0]}
    # A day of the month and one of the week, or a rule of every day: only those that are both.
    only = _(" et ").join(_("seulement %(days)s") % {"days": each} for each in days)
    return _("%(pace)s, %(days)s") % {"pace": _describe_pace(rule), "days": only}


def _describe_pace(rule: Rule) -> str:
    n = rule.interval
    if rule.frequency is Frequency.DAILY:
        return ngettext("tous les jours", "tous les %(n)d jours", n) % {"n": n}
    if rule.frequency is Frequency.MONTHLY:
        return ngettext("tous les mois", "tous les %(n)d mois", n) % {"n": n}
    if n == 2:  # « une sur deux » is how agents say it
        return _("toutes les deux semaines")
    return ngettext("toutes les semaines", "toutes les %(n)d semaines", n) % {"n": n}


def _describe_weekdays(rule: Rule, starts_on: date) -> list[str]:
    """List them from Monday on; of a weekly rule, nothing when it is the day it starts on."""
    own = {(EACH, starts_on.weekday())}
    if rule.frequency is Frequency.WEEKLY and rule.weekdays <= own:
        return []
    ordered = sorted(rule.weekdays, key=lambda each: (each[0] < 0, each[0], each[1]))
    return [_describe_weekday(number, WEEKDAYS[weekday]) for number, weekday in ordered]


def _describe_weekday(number: int, name: object) -> str:
    if number == EACH:
        return _("le %(day)s") % {"day": name}
    if number in RANKS:
        return RANKS[number] % {"day": name}
    return _("le %(n)de %(day)s avant la fin du mois") % {"day": name, "n": -number}


def _describe_month_days(rule: Rule, starts_on: date) -> list[str]:
    if rule.frequency is Frequency.MONTHLY and not rule.weekdays and not rule.month_days:
        return [_describe_month_day(starts_on.day)]
    return [_describe_month_day(day) for day in sorted(rule.month_days, key=lambda each: (each < 0, each))]


def _describe_month_day(day: int) -> str:
    if day == 1:
        return _("le 1er du mois")
    if day == -1:
        return _("le dernier jour du mois")
    if day == -2:
        return _("l’avant-dernier jour du mois")
    if day < 0:
        return _("le %(n)de jour avant la fin du mois") % {"n": -day}
    return _("le %(n)d du mois") % {"n": day}


def _join(words: Iterable[str]) -> str:
    *first, last = words
    return _("%(first)s et %(last)s") % {"first": ", ".join(first), "last": last} if first else last
