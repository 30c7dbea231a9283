"""What an agent types to find a person: « ben ali 68 », « 06 39 98 12 34 », « a@b.fr »."""

import re
from dataclasses import dataclass
from datetime import date

from requests_app.lib.text import visible
from requests_app.people.births import NUMBER, cut_date, cut_years
from requests_app.people.plain_names import name_words
from requests_app.people.typed_phones import cut_phone, has_wrong_number

MAX_LENGTH = 120  # characters read; a name, a date and a number fit in them
_EMAIL = re.compile(r"(?<![^\s@,;<>])[^\s@,;<>]++@[^\s@,;<>.]++(?:\.[^\s@,;<>.]++)++")
ENDS = range(4, 9)  # digits
_POINTED = re.compile(r"[\s.]")
_BORN = re.compile(
    r"\b(?:n[ée]e?(?:\(e\))?|born|ddn|date de naissance)\b ?:? ?(?:le|en|vers|on|in)?(?=[: ]{0,3}[\dxX?])",
    re.IGNORECASE,
)
_NEE = re.compile(r"(?<=[^\W\d_] |, | \()(?:n[ée]e|N[éÉ][eE]|NEE) (?!(?:à|a|au|aux|le|en|vers) )(?=[^\W\d_])")
_END_OF_NAME = re.compile(r"[,;()\d]")
_SPACED_AT = re.compile(r"(?<=\w) ?@ ?(?=\w)")
_EMPTY = re.compile(r"[(<\[][ ,;/+-]*+[)>\]]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """``name`` as typed, without the digits; ``words`` its comparable words. ``birth_years`` are the
    years that two or four digits, or an age, may name, likeliest first. ``phone`` is whole and E.164, or "";
    ``phone_end`` are its last digits, typed alone. ``reference`` is the number of a ticket, which the
    tickets know; ``has_wrong_number``: a telephone was meant, and it is none. ``birth_name``: « née Martin ».
    """

    name: str = ""
    words: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    birth_date: date | None = None
    birth_years: tuple[int, ...] = ()
    phone_end: str = ""
    reference: str = ""
    birth_name: str = ""
    has_wrong_number: bool = False


def understand_query(typed: str, *, today: date) -> SearchQuery:
    """Tell apart the name, the e-mail, the phone and the birth in what was typed; never raises."""
    text = _SPACED_AT.sub("@", _BORN.sub("", visible(typed[:MAX_LENGTH]).replace("\x00", "")))
    found = _EMAIL.search(text)
    email = found[0].lower() if found else ""
    phone, rest = cut_phone(text.replace(found[0], " ") if found else text, today=today)
    born, rest = cut_date(rest, today)
    years, rest = ((born.year,), rest) if born else cut_years(rest, today)
    birth_name, named = _cut_birth_name(rest)
    name = _tidy(NUMBER.sub(" ", named))
    return SearchQuery(
        name,
        tuple(word for word in name_words(name) if any(map(str.isalnum, word))),
        phone,
        email,
        birth_date=born,
        birth_years=years,
        phone_end=_phone_end(text),
        has_wrong_number=not phone and has_wrong_number(rest, is_alone=not name and not email),
        birth_name=birth_name,
    )


def _cut_birth_name(text: str) -> tuple[str, str]:
    """Split « Dupont Jeanne née Martin » into « Martin » and « Dupont Jeanne »; "" without a birth name."""
    found = _NEE.search(text)
    if found is None:
        return "", text
    end = _END_OF_NAME.search(text, found.end())
    stop = end.start() if end else len(text)
    return _tidy(text[found.end() : stop]), f"{text[: found.start()]} {text[stop:]}"


def _phone_end(text: str) -> str:
    """Return the digits of « 12 34 » or « 98 12 34 » alone: as the masked number shows them, or as said."""
    digits = _POINTED.sub("", text)
    return digits if digits.isascii() and digits.isdigit() and len(digits) in ENDS else ""


def _tidy(text: str) -> str:
    """Leave one space between words, and no punctuation around them."""
    return _SPACES.sub(" ", _EMPTY.sub(" ", text)).strip(" ,;-+/")
