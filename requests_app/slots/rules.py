"""Read the text of a recurrence: the part of RFC 5545 §3.3.10 that an agenda needs, and nothing else.

What the RFC forbids is refused: COUNT with UNTIL, a numbered weekday outside MONTHLY, BYMONTHDAY in WEEKLY.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import Enum
from functools import lru_cache
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from requests_app.slots.computing.wall_clock import to_instant

MAX_LENGTH = 300
WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_NUMBER = re.compile(r"[0-9]{1,9}")
_WEEKDAY = re.compile(r"(?:([+-]?)([0-9]{1,2}))?(MO|TU|WE|TH|FR|SA|SU)")
_MONTH_DAY = re.compile(r"[+-]?[0-9]{1,2}")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
EACH = 0  # the number of a weekday without number


class UnreadableRule(ValueError):
    """A recurrence that we do not read; its text is the sentence to show."""


class Frequency(Enum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True)
class Until:
    """The last moment at which an occurrence may begin: an hour of the wall clock, or an instant."""

    moment: datetime

    def includes(self, wall: datetime) -> bool:
        """Tell whether an occurrence that begins at an hour of Paris is still one."""
        return (wall if self.moment.tzinfo is None else to_instant(wall)) <= self.moment


@dataclass(frozen=True, slots=True)
class Rule:
    """How something repeats; ``weekdays`` are (number in the month or EACH, day of the week)."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Until | None = None
    weekdays: frozenset[tuple[int, int]] = frozenset()
    month_days: frozenset[int] = frozenset()
    week_start: int = 0


def _refuse(part: str) -> NoReturn:
    raise UnreadableRule(_("La répétition « %(part)s » n’est pas comprise.") % {"part": part[:60]})


def _read_number(text: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) == 0:
        raise ValueError(text)
    return int(text)


def _read_until(text: str) -> Until:
    """Read the end of a recurrence: Z is UTC, without it Paris, a bare date is the whole day."""
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day = datetime.strptime(match[1], "%Y%m%d").date()
    if match[2] is None:
        return Until(datetime.combine(day, time.max))
    hour = datetime.strptime(match[2], "%H%M%S").time()
    return Until(datetime.combine(day, hour, tzinfo=UTC if match[3] else None))


def _read_weekday(text: str) -> tuple[int, int]:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    number = int(match[2]) if match[2] else EACH
    if match[2] and not 1 <= number <= 5:
        raise ValueError(text)
    return (-number if match[1] == "-" else number, WEEKDAYS[match[3]])


def _read_weekdays(text: str) -> frozenset[tuple[int, int]]:
    return frozenset(_read_weekday(each) for each in text.split(","))


def _read_month_day(text: str) -> int:
    if not _MONTH_DAY.fullmatch(text) or not 1 <= abs(int(text)) <= 31:
        raise ValueError(text)
    return int(text)


def _read_month_days(text: str) -> frozenset[int]:
    return frozenset(_read_month_day(each) for each in text.split(","))


READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "FREQ": ("frequency", Frequency),
    "INTERVAL": ("interval", _read_number),
    "COUNT": ("count", _read_number),
    "UNTIL": ("until", _read_until),
    "BYDAY": ("weekdays", _read_weekdays),
    "BYMONTHDAY": ("month_days", _read_month_days),
    "WKST": ("week_start", WEEKDAYS.__getitem__),
}


def _read_parts(text: str) -> dict[str, Any]:
    """Read each part of a rule by its name; FREQ stands there, and nothing twice."""
    parts = [part.partition("=") for part in text.split(";")]
    fields = {}
    for name, _sign, value in parts:
        try:
            field, read = READERS[name]
            fields[field] = read(value)
        except (ValueError, KeyError):
            _refuse(f"{name}={value}")
    if "frequency" not in fields or len(fields) != len(parts):
        raise UnreadableRule(_("La répétition dit une fois FREQ, et chaque chose une seule fois."))
    return fields


def _check(rule: Rule) -> None:
    """Refuse the parts that the RFC allows each alone, but not together."""
    if rule.count is not None and rule.until is not None:
        raise UnreadableRule(_("La répétition finit par COUNT ou par UNTIL, pas par les deux."))
    if rule.frequency is not Frequency.MONTHLY and any(number for number, _day in rule.weekdays):
        raise UnreadableRule(_("Un jour numéroté comme 1MO ne va qu’avec FREQ=MONTHLY."))
    if rule.frequency is Frequency.WEEKLY and rule.month_days:
        raise UnreadableRule(_("BYMONTHDAY ne va pas avec FREQ=WEEKLY."))


@lru_cache(maxsize=4096)
def read_rule(text: str) -> Rule | None:
    """Read a recurrence; None for "" (once). Raise UnreadableRule, whose text is a sentence to show."""
    if not text:
        return None
    if len(text) > MAX_LENGTH:
        _refuse(text)
    rule = Rule(**_read_parts(text.upper()))
    _check(rule)
    return rule


def why_unreadable(text: str) -> str:
    """Say what is wrong with a recurrence; "" when it can be followed, or there is none."""
    try:
        read_rule(text)
    except UnreadableRule as error:
        return str(error)
    return ""
