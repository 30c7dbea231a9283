"""A few words of a long text, around a search term."""

import re

from requests_app.lib.text import words

ENDING = 3  # letters that French adds to the end of a word, and that its stem lacks


def beginnings(asked: str) -> re.Pattern[str]:
    """Compile a pattern of the words by their beginnings; a number is matched in full."""
    begun = [word if word.isdigit() else word[: max(4, len(word) - ENDING)] for word in words(asked)]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(begun, key=len, reverse=True))) + r")\w*")


def digits_of(number: str) -> re.Pattern[str]:
    """Compile a pattern of a phone number's last digits, however they are grouped."""
    return re.compile(r"(?:(?:\+|00)\W?\d{1,3}[\W0]{0,5}|0)?" + r"\D{0,3}".join(number[-9:]))


def split_around(text: str, looked_for: re.Pattern[str], *, width: int = 80) -> tuple[str, str, str]:
    """Split a text at the first of the terms found: before, the term, after."""
    line = " ".join(text.split())
    found = looked_for.search(_comparable(line))
    if not found:
        return _cut(line[: 2 * width], line, end=2 * width), "", ""
    start, end = found.span()
    first, last = max(0, start - width), end + width
    before = ("…" if first else "") + line[first:start]
    return before, line[start:end], _cut(line[end:last], line, end=last)


def _cut(piece: str, line: str, *, end: int) -> str:
    return piece + "…" if len(line) > end else piece


def _comparable(text: str) -> str:
    """Return the text without accents or capitals, one character for one, so that positions hold."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    return ("".join(words(sign)) or sign)[:1]
