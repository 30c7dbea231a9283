"""Births in what an agent types: « 12/03/1968 », « 3 février 1948 », « 68 », « 48 ans »."""

import re
from datetime import date

from requests_app.lib.text import plain

OLDEST = 120  # years
NUMBER = re.compile(r"\b\d+\b")
_DATE = re.compile(r"\b(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4}|\d{2})\b")
_GLUED_DATE = re.compile(r"\b(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})\b")
_ISO_DATE = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_MONTHS = (
    *(("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may")),
    *(("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september")),
    *(("octobre", "october"), ("novembre", "november"), ("decembre", "december")),
)
_NAMED_DATE = re.compile(
    r"\b(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[ .]{1,2}(?P<month>[^\W\d_]{3,9})\.?,?[ ](?P<year>\d{4}|\d{2})\b",
    re.IGNORECASE,
)
# « 00/00/1970 » and « 31/02/1980 »: no such day, « 03/1968 »: no day; the year is known all the same.
_YEAR_OF_DATE = re.compile(r"(?<![\w/.\-])(?:(?:\d{1,2}|[xX?]{1,2})[/.\-]){1,2}(?P<year>\d{4})\b")
_AGE = re.compile(r"\b(?P<age>\d{1,3}) ?(?:ans?|years? old|y\.?o)\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d[\s/.\-])\b(?:\d{4}|\d{2})\b(?![\s/.\-]\d)")


def read_birth(typed: str, *, today: date) -> tuple[date | None, int | None]:
    """Parse « 12/03/1968 » to the day and its year, « 68 » to the year. ValueError when it is neither."""
    born, _rest = cut_date(typed, today)
    if born:
        return born, born.year
    years = years_in(typed, today) if NUMBER.fullmatch(typed.strip()) else ()
    if not years:
        raise ValueError(typed)
    return None, years[0]


def cut_date(text: str, today: date) -> tuple[date | None, str]:
    """Return the first date on which a living person may be born, and the text without it."""
    for pattern in (_NAMED_DATE, _ISO_DATE, _DATE, _GLUED_DATE):
        for found in pattern.finditer(text):
            born = None if _is_amid_digits(found) else _day(found, today)
            if born:
                return born, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def cut_years(text: str, today: date) -> tuple[tuple[int, ...], str]:
    """Return the years in which somebody may be born, likeliest first, and the text without them."""
    for found in _YEAR_OF_DATE.finditer(text):
        if today.year - OLDEST <= int(found["year"]) <= today.year:
            return (int(found["year"]),), f"{text[: found.start()]} {text[found.end() :]}"
    if (aged := _AGE.search(text)) and int(aged["age"]) < OLDEST:
        born = today.year - int(aged["age"])
        return (born, born - 1), f"{text[: aged.start()]} {text[aged.end() :]}"
    return years_in(text, today), text


def _is_amid_digits(found: re.Match[str]) -> bool:
    """Tell whether « 06 12 34 » is only the beginning of « 06 12 34 56 »; a year of four digits is a year."""
    between = found.string[found.end("day") : found.start("month")] or " "
    before, after = found.string[: found.start()][-2:], found.string[found.end() :][:2]
    follows = before[-1:] == between and before[:1].isdigit()
    goes_on = after[:1] == between and after[1:].isdigit()
    return len(found["year"]) == 2 and (follows or goes_on)


def _day(found: re.Match[str], today: date) -> date | None:
    try:
        born = date(_whole_year(found["year"], today), _month(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return born if today.year - OLDEST <= born.year and born <= today else None


def _month(written: str) -> int:
    """Parse « 03 », « mars », « févr. »; ValueError when it is no month."""
    if written.isdigit():
        return int(written)
    begins = plain(written)
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(begins) for name in names):
            return number
    raise ValueError(written)


def years_in(text: str, today: date) -> tuple[int, ...]:
    """List the years that the last number alone, of two or four digits, may name; likeliest first."""
    for digits in reversed(_YEAR.findall(text)):
        if len(digits) == 4 and today.year - OLDEST <= int(digits) <= today.year:
            return (int(digits),)
        if len(digits) == 2:
            return _expand_year(digits, today)
    return ()


def _whole_year(digits: str, today: date) -> int:
    return int(digits) if len(digits) == 4 else _expand_year(digits, today)[0]


def _expand_year(digits: str, today: date) -> tuple[int, ...]:
    """Expand « 68 » to 1968; « 05 » may be 2005 or 1905."""
    recent, past = 2000 + int(digits), 1900 + int(digits)
    return (recent, past) if recent <= today.year else (past,)
