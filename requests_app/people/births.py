"""Births among what an agent types: « 12/03/1968 », « 68 »."""

import re
from datetime import date

OLDEST = 120  # years
NUMBER = re.compile(r"\b\d+\b")
_DATE = re.compile(r"\b(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4}|\d{2})\b")
_GLUED_DATE = re.compile(r"\b(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})\b")
_ISO_DATE = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_YEAR = re.compile(r"(?<!\d[\s/.\-])\b(?:\d{4}|\d{2})\b(?![\s/.\-]\d)")


def read_birth(typed: str, *, today: date) -> tuple[date | None, int | None]:
    """« 12/03/1968 » → the day and its year; « 68 » → the year alone. ValueError when it is neither."""
    born, _rest = cut_date(typed, today)
    if born:
        return born, born.year
    years = years_in(typed, today) if NUMBER.fullmatch(typed.strip()) else ()
    if not years:
        raise ValueError(typed)
    return None, years[0]


def cut_date(text: str, today: date) -> tuple[date | None, str]:
    """Give the first day on which somebody alive may be born, and the text without it."""
    for pattern in (_ISO_DATE, _DATE, _GLUED_DATE):
        for found in pattern.finditer(text):
            born = None if _is_amid_digits(found) else _day(found, today)
            if born:
                return born, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _is_amid_digits(found: re.Match[str]) -> bool:
    """Whether « 06 12 34 » is only the beginning of « 06 12 34 56 »; a year of four digits is a year."""
    between = found.string[found.end("day") : found.start("month")] or " "
    before, after = found.string[: found.start()][-2:], found.string[found.end() :][:2]
    follows = before[-1:] == between and before[:1].isdigit()
    goes_on = after[:1] == between and after[1:].isdigit()
    return len(found["year"]) == 2 and (follows or goes_on)


def _day(found: re.Match[str], today: date) -> date | None:
    try:
        born = date(_whole_year(found["year"], today), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return born if today.year - OLDEST <= born.year and born <= today else None


def years_in(text: str, today: date) -> tuple[int, ...]:
    """List the years that the last number alone, of two or four digits, may name; likeliest first."""
    for digits in reversed(_YEAR.findall(text)):
        if len(digits) == 4 and today.year - OLDEST <= int(digits) <= today.year:
            return (int(digits),)
        if len(digits) == 2:
            return _of_two_digits(digits, today)
    return ()


def _whole_year(digits: str, today: date) -> int:
    return int(digits) if len(digits) == 4 else _of_two_digits(digits, today)[0]


def _of_two_digits(digits: str, today: date) -> tuple[int, ...]:
    """« 68 » is 1968; « 05 » may be 2005 or 1905."""
    recent, past = 2000 + int(digits), 1900 + int(digits)
    return (recent, past) if recent <= today.year else (past,)
