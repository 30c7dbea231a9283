"""Which recurrences an agenda may have: a part of RFC 5545 that people can read back."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
MONTH_DAY = r"-?(?:[1-9]|[12][0-9]|3[01])"
NUMBER = re.compile(r"[1-9][0-9]{0,3}\Z", re.ASCII)
DAYS = re.compile(rf"{DAY}(?:,{DAY}){{0,6}}\Z")
NUMBERED_DAYS = re.compile(rf"(?:-?[1-5])?{DAY}(?:,(?:-?[1-5])?{DAY}){{0,20}}\Z", re.ASCII)
MONTH_DAYS = re.compile(rf"{MONTH_DAY}(?:,{MONTH_DAY}){{0,61}}\Z", re.ASCII)
UNTIL = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?\Z", re.ASCII)

PARTS: dict[str, Callable[[str], object]] = {
    "FREQ": {"DAILY", "WEEKLY", "MONTHLY"}.__contains__,
    "INTERVAL": NUMBER.match,
    "COUNT": NUMBER.match,
    "UNTIL": UNTIL.match,
    "BYDAY": NUMBERED_DAYS.match,
    "BYMONTHDAY": MONTH_DAYS.match,
    "WKST": re.compile(rf"{DAY}\Z").match,
}


def why_unreadable(rrule: str) -> str:
    """Say what is wrong with a recurrence; "" when it can be followed, or there is none."""
    if not rrule:
        return ""
    pairs = [part.partition("=") for part in rrule.split(";")]
    for name, _equals, value in pairs:
        if name not in PARTS or not PARTS[name](value):
            return _("La répétition « %(part)s » n’est pas comprise.") % {"part": f"{name}={value}"[:60]}
    return _why_contradictory({name: value for name, _equals, value in pairs}, len(pairs))


def _why_contradictory(parts: dict[str, str], count: int) -> str:
    if "FREQ" not in parts or len(parts) != count:
        return _("La répétition dit une fois FREQ, et chaque chose une seule fois.")
    if "COUNT" in parts and "UNTIL" in parts:
        return _("La répétition finit par COUNT ou par UNTIL, pas par les deux.")
    is_monthly = parts["FREQ"] == "MONTHLY"
    if "BYDAY" in parts and not is_monthly and not DAYS.match(parts["BYDAY"]):
        return _("Un jour numéroté comme 1MO ne va qu’avec FREQ=MONTHLY.")
    if "BYMONTHDAY" in parts and parts["FREQ"] == "WEEKLY":
        return _("BYMONTHDAY ne va pas avec FREQ=WEEKLY.")
    return ""
