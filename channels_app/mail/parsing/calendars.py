"""The date and subject of an invitation, in words (RFC 5545, parsed loosely)."""

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from requests_app.lib.local_time import PARIS

from .words import one_line

METHODS = {"CANCEL": "annulation", "REPLY": "réponse à une invitation", "REQUEST": "invitation"}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
    *("novembre", "décembre"),
)
MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{0,2}(Z?))?$")
FOLDED = re.compile(r"\n[ \t]")
ZONE = re.compile(r"(?i)TZID=\"?([\w+/-]{1,60})")
ESCAPED = re.compile(r"\\([,;\\])")
LOOKED_AT = 100_000  # characters


def word_of(text: str) -> str:
    """Return a description: « invitation, mardi 3 mars 2026 à 9 h, Réunion »."""
    found = _first_event(FOLDED.sub("", text[:LOOKED_AT]))
    word = METHODS.get(found.get("METHOD", ("", ""))[1].strip().upper(), "rendez-vous d’agenda")
    when = _moment(*found.get("DTSTART", ("", "")))
    about = one_line(ESCAPED.sub(r"\1", found.get("SUMMARY", ("", ""))[1].replace("\\n", " ")))
    return ", ".join(piece for piece in (word, when, about) if piece)


def _first_event(text: str) -> dict[str, tuple[str, str]]:
    """Return the parameters and values of the first event's fields; time zone changes are left out."""
    found: dict[str, tuple[str, str]] = {}
    is_zone = False
    for line in text.split("\n"):
        label, colon, value = line.partition(":")
        name, _semicolon, parameters = label.strip().partition(";")
        name = name.upper()
        if name in ("BEGIN", "END") and value.strip().upper() == "VTIMEZONE":
            is_zone = name == "BEGIN"
        elif name == "END" and value.strip().upper() == "VEVENT":
            break
        elif colon and not is_zone:
            found.setdefault(name, (parameters, value))
    return found


def _moment(parameters: str, value: str) -> str:
    found = MOMENT.match(value.strip())
    if not found:
        return ""
    year, month, day, hour, minute, utc = found.groups()
    try:
        clock = (int(hour or 0), int(minute or 0))
        at = datetime(int(year), int(month), int(day), *clock, tzinfo=_zone(parameters, utc))
    except (ValueError, OverflowError):
        return ""
    at = at.astimezone(PARIS) if hour and 1900 < at.year < 2200 else at
    words = f"{DAYS[at.weekday()]} {'1er' if at.day == 1 else at.day} {MONTHS[at.month - 1]} {at.year}"
    return f"{words} à {at.hour} h {at.minute:02}".removesuffix(" 00") if hour else words


def _zone(parameters: str, utc: str) -> tzinfo:
    if utc:
        return UTC
    name = ZONE.search(parameters)
    try:
        return ZoneInfo(name[1]) if name else PARIS
    except (KeyError, ValueError, OSError):  # « Romance Standard Time » is Outlook's name for ours
        return PARIS
