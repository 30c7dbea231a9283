"""Telephones among the digits an agent types: « 06 12 34 56 78 » is no day of December."""

import re
from collections.abc import Iterator
from datetime import date

from requests_app.lib import phones
from requests_app.people.births import NUMBER, cut_date

MIN_COUNT, MAX_ROWS = 9, 17  # digits of a telephone: « 639981234 », « 0033 (0)6… »
INCOMPLETE = 6  # digits after a 0 or a +, beside a name: a telephone was meant
_RUN = re.compile(r"(?:\+?\(\d{1,4}\)[\s.\-]{0,3}+)?+\+?\d++(?:(?:[\s.\-()]{1,3}+|/)\d++)*+")
_GROUP = re.compile(r"\d++")
_BETWEEN = " .-()/"
_LABELS = {
    "tel",
    "tél",
    "téléphone",
    "telephone",
    "portable",
    "port",
    "mobile",
    "n°",
    "no",
    "num",
    "numéro",
    "ou",
}
_YEAR = re.compile(r"\d{2}|\d{4}")


def cut_phone(text: str, *, today: date) -> tuple[str, str]:
    """Return the first telephone (E.164, or "") and the text without any."""
    first, pieces, end = "", [], 0
    for run in _RUN.finditer(text):
        number, others = _split(run[0], today)
        if number:
            first = first or number
            pieces += [_drop_label(text[end : run.start()]), " ", others, " "]
            end = run.end()
    return first, "".join(pieces) + text[end:]


def _drop_label(text: str) -> str:
    """Strip the label: « Nadia, tél. : » → « Nadia, »."""
    before, _space, last = text.rstrip(" .:").rpartition(" ")
    return before if last.lower().strip(".") in _LABELS else text


def has_wrong_number(rest: str, *, is_alone: bool) -> bool:
    """Tell whether the rest, without births, holds digits that can only be a mistyped telephone."""
    return any(_is_wrong(run[0], is_alone=is_alone) for run in _RUN.finditer(rest))


def _is_wrong(run: str, *, is_alone: bool) -> bool:
    digits = "".join(_GROUP.findall(run))
    begins = run.startswith("+") or digits.startswith("0")
    return len(digits) >= MIN_COUNT or (begins and not is_alone and len(digits) >= INCOMPLETE)


def _split(run: str, today: date) -> tuple[str, str]:
    """Find the telephone in consecutive digits; what stands beside it must be a birth."""
    groups = list(_GROUP.finditer(run))
    for first, last in _spans(len(groups)):
        start, end = groups[first].start() if first else 0, groups[last].end()
        written, others = run[start:end], [run[:start], run[end:]]
        if not _may_be(written, is_whole=last - first == len(groups) - 1):
            continue
        number = phones.e164(written)
        if number and all(_is_explained(part, today) for part in others):
            return number, " ".join(part for part in others if not phones.e164(part))
    return "", run


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield all the groups, then those at the end, then those at the beginning, longest first."""
    yield 0, count - 1
    yield from ((first, count - 1) for first in range(1, count))
    yield from ((0, last) for last in range(count - 2, -1, -1))


def _may_be(written: str, *, is_whole: bool) -> bool:
    begins = is_whole or written.startswith(("0", "+", "(0"))
    return begins and MIN_COUNT <= sum(character.isdigit() for character in written) <= MAX_ROWS


def _is_explained(part: str, today: date) -> bool:
    """Tell whether it is empty, a year, a birth date, or another telephone."""
    bare = part.strip(_BETWEEN)
    if not bare or _YEAR.fullmatch(bare) or phones.e164(bare):
        return True
    born, rest = cut_date(bare, today)
    return born is not None and not NUMBER.search(rest)
