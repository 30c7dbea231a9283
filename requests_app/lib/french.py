"""How numbers, sizes, delays and dates are written for people to read.

The non-breaking space is U+00A0 everywhere: the font has no U+202F (design/visual/README.md).
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_AP, WEEKDAYS
from django.utils.translation import get_language, gettext, ngettext

NBSP = "\u00a0"
_HIGH = re.compile(r"(?<=\S)[ \u202f]+([:;?!»%€])")
_OPEN = re.compile(r"«[ \u202f]+")
_UNITS = r"(?:h|min|s|j|jours?|mois|ans?|ko|Mo|Go|km|m|rue)"
_FIGURE_UNIT = re.compile(rf"(?<=\d)[ \u202f]+(?={_UNITS}\b|\d{{3}}\b)")
_HOUR = re.compile(r"(?<=\dh)[ \u202f]+(?=\d\d\b)|(?<=\d\u00a0h)[ \u202f]+(?=\d\d\b)")
_TITLE = re.compile(r"\b(MM?\.|Mmes?|Mlle|Dr|n°)[ \u202f]+(?=\S)")
_MONTH_NAMES = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAY_MONTH = re.compile(rf"\b(\d\d?|1er)[ \u202f]+(?=(?:{_MONTH_NAMES})\b)")
_PHONE = re.compile(r"\b0\d(?: \d\d){4}\b")
_VOWELS = "aeiouàâäéèêëîïôöùûüœæ"
# Names that French writes with a silent h; the others are said « de Hassan ».
_SILENT_H = "hél|hér|helen|henri|herv|hippolyt|honor|hortens|hubert|hugo|hugues|humbert|hyacinth"
_SAID_WHOLE = "onze|oui|un|ouistiti"
_DE = re.compile(
    rf"\b(d)e[ \u00a0](?!(?:{_SAID_WHOLE})\b)(?=[{_VOWELS}]|y[bcdfglmnrstvz]|{_SILENT_H})", re.IGNORECASE
)
_A_LE = re.compile(r"\b([àÀ])[ \u00a0](les?)[ \u00a0]", re.IGNORECASE)
_TOWN = re.compile(r"\b(Lyon|Maison|Bureau|bureau) (?=\d)")


def typo(text: str) -> str:
    """Put the non-breaking spaces that French requires; change nothing else."""
    text = _PHONE.sub(lambda found: found[0].replace(" ", NBSP), text)
    text = _HIGH.sub(rf"{NBSP}\1", text)
    text = _OPEN.sub(f"«{NBSP}", text)
    text = _FIGURE_UNIT.sub(NBSP, text)
    text = _HOUR.sub(NBSP, text)
    for pattern in (_TITLE, _DAY_MONTH, _TOWN):
        text = pattern.sub(rf"\1{NBSP}", text)
    return text


def elide(sentence: str) -> str:
    """Turn « Visite de Awa » into « Visite d’Awa »; in French only, not before « onze » or « Yasmine »."""
    return _DE.sub(r"\1’", sentence) if is_french() else sentence


def contract(sentence: str) -> str:
    """Turn « Écrire à le président » into « Écrire au président »; in French only."""
    return _A_LE.sub(_a_le, sentence) if is_french() else sentence


def _a_le(found: re.Match[str]) -> str:
    said = "aux " if found[2].lower() == "les" else "au "
    return said.capitalize() if found[1].isupper() else said


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Write « 9 214 », « 1,4 »."""
    figures = f"{value:,.{decimals}f}"
    if is_french():
        return figures.replace(",", NBSP).replace(".", ",")
    return figures


def size(octets: int) -> str:
    """Write « 0,8 Mo », « 12 ko »: in thousands, as file managers do; one decimal under ten."""
    if octets < 1000:
        return ngettext("%(n)s octet", "%(n)s octets", octets) % {"n": octets}
    scaled, unit = (octets / 1e9, "Go") if octets >= 1e9 else (octets / 1e6, "Mo")
    if octets < 100_000:
        scaled, unit = octets / 1e3, "ko"
    return f"{number(scaled, 0 if scaled >= 10 else 1)}{NBSP}{unit}"


def delay(spent: timedelta) -> str:
    """Write « 40 min », « 5 h », « 3 j »: one unit, rounded down, so that waits compare in a list."""
    minutes = max(0, int(spent.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes < 24 * 60:
        return f"{minutes // 60}{NBSP}h"
    return f"{minutes // (24 * 60)}{NBSP}" + gettext("j")


def local(value: date) -> date:
    """Convert an instant to local time; a day stays a day."""
    return timezone.localtime(value) if isinstance(value, datetime) else value


def day(value: date) -> str:
    """Write « mardi 4 novembre », with the year unless it is the current one."""
    value = local(value)
    return _name_day(value) if value.year == timezone.localdate().year else full_date(value)


def full_date(value: date) -> str:
    """Write « mardi 4 novembre 2026 », for paper, which is read in other years."""
    value = local(value)
    return f"{_name_day(value)} {value.year}"


def _name_day(value: date) -> str:
    return f"{WEEKDAYS[value.weekday()]} {_ordinal(value)}{NBSP}{MONTHS[value.month]}"


def _ordinal(value: date) -> str:
    return "1er" if value.day == 1 and is_french() else str(value.day)


def month(value: date) -> str:
    """Write « Novembre », with the year unless it is the current one."""
    value = local(value)
    words = str(MONTHS[value.month]).capitalize()
    return words if value.year == timezone.localdate().year else f"{words} {value.year}"


def dated_month(value: date) -> str:
    """Write « novembre 2026 », for paper, which is read in other years."""
    value = local(value)
    return f"{MONTHS[value.month]} {value.year}"


def short_day(value: date) -> str:
    """Write « 4 nov. », « 1er déc. », for tables, with the year unless it is the current one."""
    value = local(value)
    words = f"{_ordinal(value)}{NBSP}{MONTHS_AP[value.month]}"
    return words if value.year == timezone.localdate().year else f"{words} {value.year}"


def clock(value: datetime) -> str:
    """Write « 14 h 30 », « 11 h »."""
    value = timezone.localtime(value)
    if not is_french():
        return f"{value:%H:%M}"
    return f"{value.hour}{NBSP}h{NBSP}{value.minute:02}" if value.minute else f"{value.hour}{NBSP}h"


def moment(value: datetime) -> str:
    """Write « mardi 4 novembre à 14 h 30 »."""
    return gettext("%(day)s à %(time)s") % {"day": day(value), "time": clock(value)}


def near(value: datetime, now: datetime) -> str:
    """Write « aujourd’hui à 7 h 48 », « hier à 16 h », or the full moment."""
    days = (timezone.localdate(now) - timezone.localdate(value)).days
    if days == 0:
        return gettext("aujourd’hui à %(time)s") % {"time": clock(value)}
    if days == 1:
        return gettext("hier à %(time)s") % {"time": clock(value)}
    return moment(value)


def is_french() -> bool:
    return (get_language() or "fr").startswith("fr")
