"""What an agent means by a few signs typed to find a person: « ben ali 68 », « 06 39 98… », « a@b.fr »."""

import re
from dataclasses import dataclass
from datetime import date

from requests_app.lib import phones
from requests_app.lib.text import words

LONGEST = 120  # signs read; a name, a date and a number hold in them
OLDEST = 120  # years
_EMAIL = re.compile(r"(?<![^\s@,;<>])[^\s@,;<>]++@[^\s@,;<>.]++(?:\.[^\s@,;<>.]++)++")
_PHONE = re.compile(r"\+?\(?\d(?:[\s.\-()/]*\d){8,14}")
_DATE = re.compile(r"\b(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})\b|\b(\d{2})(\d{2})(\d{4})\b")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBER = re.compile(r"\b\d+\b")
ENDS = range(4, 9)  # figures
_POINTED = re.compile(r"[\s.]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Asked:
    """``name`` as typed, without the figures; ``words`` its comparable words. ``birth_years`` are the
    years that two or four figures may name, likeliest first. ``phone`` is whole and E.164, or "";
    ``phone_end`` are its last figures, typed alone."""

    name: str = ""
    words: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    birth_date: date | None = None
    birth_years: tuple[int, ...] = ()
    phone_end: str = ""


def understand_query(typed: str, *, today: date) -> Asked:
    """Tell apart the name, the e-mail, the phone and the birth in what was typed; never raises."""
    rest = typed[:LONGEST].replace("\x00", "")
    if found := _EMAIL.search(rest):
        return Asked(email=found[0].lower(), name=_tidy(rest.replace(found[0], " ")))
    phone_end = _phone_end(rest)
    born, rest = _cut_date(rest, today)
    phone, rest = _cut_phone(rest)
    years = (born.year,) if born else _years(rest, today)
    name = _tidy(_NUMBER.sub(" ", rest))
    return Asked(name, tuple(words(name)), phone, birth_date=born, birth_years=years, phone_end=phone_end)


def read_birth(typed: str, *, today: date) -> tuple[date | None, int | None]:
    """« 12/03/1968 » → the day and its year; « 68 » → the year alone. ValueError when it is neither."""
    born, _rest = _cut_date(typed, today)
    if born:
        return born, born.year
    years = _years(typed, today) if _NUMBER.fullmatch(typed.strip()) else ()
    if not years:
        raise ValueError(typed)
    return None, years[0]


def _cut_date(text: str, today: date) -> tuple[date | None, str]:
    for pattern, order in ((_ISO_DATE, (3, 2, 1)), (_DATE, (1, 2, 3)), (_DATE, (4, 5, 6))):
        found = pattern.search(text)
        if not found or not found[order[0]]:
            continue
        day, month, year = (found[n] for n in order)
        try:
            born = date(_whole_year(year, today), int(month), int(day))
        except ValueError:
            continue
        if today.year - OLDEST <= born.year and born <= today:
            return born, text.replace(found[0], " ")
    return None, text


def _cut_phone(text: str) -> tuple[str, str]:
    found = _PHONE.search(text)
    number = phones.e164(found[0]) if found else ""
    return (number, text.replace(found[0], " ")) if found and number else ("", text)


def _phone_end(text: str) -> str:
    """« 12 34 » or « 98 12 34 », and nothing else: as the masked number shows them, or as she says them."""
    figures = _POINTED.sub("", text)
    return figures if figures.isascii() and figures.isdigit() and len(figures) in ENDS else ""


def _whole_year(figures: str, today: date) -> int:
    return int(figures) if len(figures) == 4 else _of_two_figures(figures, today)[0]


def _of_two_figures(figures: str, today: date) -> tuple[int, ...]:
    """« 68 » is 1968; « 05 » may be 2005 or 1905."""
    recent, past = 2000 + int(figures), 1900 + int(figures)
    return (recent, past) if recent <= today.year else (past,)


def _years(text: str, today: date) -> tuple[int, ...]:
    for figures in reversed(_NUMBER.findall(text)):
        if len(figures) == 4 and today.year - OLDEST <= int(figures) <= today.year:
            return (int(figures),)
        if len(figures) == 2:
            return _of_two_figures(figures, today)
    return ()


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ,;-")
