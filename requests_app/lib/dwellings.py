"""Compare postal addresses: the same door, however it is written."""

import re

from requests_app.lib.text import words

MIN_WORDS = 4  # « 69008 Lyon » is no door
_NUMBER = re.compile(r"(\d{1,4})([a-z]*)")
_POSTAL_CODE = re.compile(r"\d{5}")
_REPEATED = {"b": "bis", "t": "ter", "q": "quater"}
_FULL = {
    "all": "allee", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard",
    "blvd": "boulevard", "bvd": "boulevard", "ch": "chemin", "chem": "chemin", "crs": "cours",
    "fbg": "faubourg", "fg": "faubourg", "imp": "impasse", "pass": "passage", "pl": "place",
    "r": "rue", "rte": "route", "sq": "square", "dr": "docteur", "gal": "general", "mal": "marechal",
    "st": "saint", "ste": "sainte",
}  # fmt: skip
_STREET_WORDS = """
allee avenue boulevard chemin cours esplanade faubourg impasse montee passage place placette promenade quai
route rue square voie
"""
_STREETS = frozenset(_STREET_WORDS.split())
_LINKS = frozenset({"a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les"})
_INSIDE_WORDS = """
appartement appt apt bat batiment bp chez code cs entree esc escalier etage hall porte res residence tour tsa
"""
_INSIDE = frozenset(_INSIDE_WORDS.split())
"""What comes after the street: inside the building, or where the post waits."""


def door_of(address: str) -> str:
    """Return the number, street and postal code in comparable form, else all words; "" for a mere town."""
    read = [_FULL.get(word, word) for word in words(address)]
    code = next((word for word in reversed(read) if _POSTAL_CODE.fullmatch(word)), "")
    for at, word in enumerate(read):
        if number := _NUMBER.fullmatch(word):
            rest = read[at + 1 :]
            repeated, rest = _repetition(number[2], rest)
            if code and rest and rest[0] in _STREETS:
                return " ".join([number[1] + repeated, *_street(rest), code])
    return " ".join(read) if len(read) >= MIN_WORDS else ""


def _repetition(glued: str, rest: list[str]) -> tuple[str, list[str]]:
    """Read « bis » or a letter after the number, glued to it or not."""
    if glued or len(rest) < 2 or not rest[0].isalpha() or rest[0] in _STREETS or rest[1] not in _STREETS:
        return _REPEATED.get(glued, glued), rest
    return _REPEATED.get(rest[0], rest[0]), rest[1:]


def _street(read: list[str]) -> list[str]:
    street = list[str]()
    for word in read:
        if (len(street) > 1 and word in _INSIDE) or _POSTAL_CODE.fullmatch(word):
            break
        if word not in _LINKS:
            street.append(word)
    return street
