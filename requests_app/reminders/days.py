"""The day a text names: « mardi », « le 26 novembre », « 26/11 », « demain », « Tuesday the 3rd »."""

import re
from datetime import date, timedelta
from itertools import pairwise

from requests_app.lib.text import plain, words

WEEKDAYS = {
    name: number
    for names in (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}
MONTHS = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
NEAR = {"aujourd": 0, "today": 0, "demain": 1, "tomorrow": 1}
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?!\d)")
_HOUR = re.compile(r"\d{1,2}(?:h\d{0,2})?")
MAX_READ = 2_000


def says_when(text: str) -> bool:
    """Tell whether a day is named at all."""
    said = words(text[:MAX_READ])
    named = {*WEEKDAYS, *NEAR} & set(said)
    return bool(named or _dates(text) or _written_dates(said))


def fits(text: str, day: date, today: date) -> bool:
    """Tell whether the text may mean this day: it names none, or this one among others."""
    said = words(text[:MAX_READ])
    weekdays = {WEEKDAYS[word] for word in said if word in WEEKDAYS}
    near = {today + timedelta(days=NEAR[word]) for word in said if word in NEAR}
    dates = _dates(text) | _written_dates(said)
    if not weekdays and not near and not dates:
        return True
    if dates:
        return (day.day, day.month) in dates
    return day.weekday() in weekdays or day in near


def is_day_word(word: str) -> bool:
    """Tell whether a word only says when."""
    is_named = word in WEEKDAYS or word in MONTHS or word in NEAR
    return is_named or word in {"h", "hui", "matin", "midi", "apres", "heure"} or bool(_HOUR.fullmatch(word))


def _dates(text: str) -> set[tuple[int, int]]:
    return {(int(found[1]), int(found[2])) for found in _FIGURES.finditer(plain(text[:MAX_READ]))}


def _written_dates(said: list[str]) -> set[tuple[int, int]]:
    """Find « 26 novembre », « 1er décembre », « November 26 »."""
    pairs = [*pairwise(said), *pairwise(reversed(said))]
    return {(_figure(a), MONTHS[b]) for a, b in pairs if b in MONTHS and _figure(a)}


def _figure(word: str) -> int:
    bare = word.removesuffix("er").removesuffix("th").removesuffix("nd").removesuffix("rd").removesuffix("st")
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) <= 2 else 0
