"""Texts compared as people compare them: without accents, case nor punctuation."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"})
_ACCENT = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """Lower the case and remove accents; punctuation and line ends stay where they are."""
    lowered = text.lower().translate(_LIGATURES)
    return _ACCENT.sub("", unicodedata.normalize("NFKD", lowered))


def words(text: str) -> list[str]:
    """List the words of a text in comparable form: « L’Étoile, n° 8 » gives l, etoile, n, 8."""
    return _WORD.findall(plain(text))


def fold(text: str) -> str:
    """Bring a text to its comparable form: words in lower case without accents, one space between."""
    return " ".join(words(text))
