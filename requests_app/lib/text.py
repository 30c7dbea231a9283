"""Compare texts as people do: without accents, case or punctuation, in any script."""

import re
import unicodedata

# Letters that Unicode does not decompose: with a bar, a hook, without their dot, or two in one.
_LETTERS = str.maketrans(
    {
        **{"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "’": "'", "ʼ": "'"},
        **dict(zip("ıɨøłđðɖɗħŧŋɲɓƀƙƴƶǥɛɔς", "iiolddddhtnnbbkyzgeoσ", strict=True)),
    }
)
# Combining accents and vowel marks, then invisible characters: direction marks, soft hyphens.
UNSEEN = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
)
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_SHOWS_NOTHING = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})  # categories of Unicode
_EMPTY_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # fillers of Hangul, Braille without a dot
_WORD = re.compile(r"[^\W_]+")


def visible(typed: str) -> str:
    """Remove the invisible characters that a copied text brings, and make its spaces plain."""
    return unicodedata.normalize("NFKC", remove_unseen(typed))


def remove_unseen(text: str) -> str:
    """Remove direction marks, joiners and soft hyphens; nothing visible changes."""
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text can be seen: spaces, marks of direction, joiners, lone accents."""
    return all(unicodedata.category(c) in _SHOWS_NOTHING or c in _EMPTY_LETTERS for c in text)


def mail_address(typed: str) -> str:
    """Write an e-mail address as it is stored: what is visible of it, in lower case."""
    return visible(typed).strip().lower()


def plain(text: str) -> str:
    """Lower the case and remove accents; punctuation and line ends stay where they are."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_LETTERS)


def words(text: str) -> list[str]:
    """List the words of a text in comparable form: « L’Étoile, n° 8 » gives l, etoile, n, 8."""
    return _WORD.findall(plain(text))


def fold(text: str) -> str:
    """Bring a text to its comparable form: words in lower case without accents, one space between."""
    return " ".join(words(text))
