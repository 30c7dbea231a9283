"""How many SMS a text takes, and which characters make it costly (3GPP TS 23.038 and 23.040).

A text in the GSM alphabet holds 160 characters, or 153 in each of several parts; a single character outside
of it turns the whole into UCS-2: 70, or 67. segments.js counts the same way while an agent types.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("\f^{}\\[~]|€")  # the extension table: an escape, then the character
GSM, UCS2 = (160, 153), (70, 67)

# What reads the same once replaced. Accents of the GSM alphabet are never touched.
_REPLACED = {
    **dict.fromkeys("’‘‛ʼ´`′", "'"),
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("–—‐‑‒―−", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\u200a\u3000\t", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    "…": "...",
    "œ": "oe",
    "Œ": "OE",
    "•": "-",
    "·": "-",
    "×": "x",
    "→": "->",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """``length`` in units of the alphabet, of the ``room`` they have; ``dear`` lists costly characters."""

    segments: int
    length: int
    room: int
    dear: tuple[str, ...] = ()


def measure(text: str) -> Measure:
    """Count what a text costs; an empty one costs nothing."""
    text = normalise(text)
    dear = tuple(
        dict.fromkeys(character for character in text if character not in BASIC and character not in TWICE)
    )
    one, each = UCS2 if dear else GSM
    units = [_ucs2_units(character) if dear else _gsm_units(character) for character in text]
    length = sum(units)
    if length <= one:
        return Measure(min(length, 1), length, one, dear)
    segments = _count_parts(units, each)
    return Measure(segments, length, segments * each, dear)


def fold(text: str) -> str:
    """Replace the costly characters that can be: « L’été, ça va… » becomes « L'été, ca va... »."""
    return "".join(_fold_character(character) for character in normalise(text))


def normalise(text: str) -> str:
    """Return the text as it leaves: composed accents, one character for each line end."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n")


def _count_parts(units: Iterable[int], room: int) -> int:
    """Count the parts; a character of two units is never cut in two: it moves to the next part whole."""
    parts, left = 1, room
    for unit in units:
        if unit > left:
            parts, left = parts + 1, room
        left -= unit
    return parts


def _gsm_units(character: str) -> int:
    return 2 if character in TWICE else 1


def _ucs2_units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _fold_character(character: str) -> str:
    if character in BASIC or character in TWICE:
        return character
    if character in _REPLACED:
        return _REPLACED[character]
    bare = unicodedata.normalize("NFKD", character)
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return bare if bare and all(each in BASIC for each in bare) else character
