"""Numbers of arrondissements, as people write them: « 8e », « VIII », « huitième »."""

from functools import lru_cache

SEPARATOR = ","
"""The token that stands for punctuation and line ends."""

_ORDINALS = frozenset({"e", "er", "eme", "ieme", "ere", "nd", "nde", "arr", "arrdt", "arrondissement"})
_AFTER_NUMBER = frozenset(
    {SEPARATOR, "cedex", "et", "je", "mais", "dans", "depuis", "avec", "pour", "ou", "france"}
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ROMAN |= {
    "xi": 11,
    "xii": 12,
    "xiii": 13,
    "xiv": 14,
    "xv": 15,
    "xvi": 16,
    "xvii": 17,
    "xviii": 18,
    "xix": 19,
    "xx": 20,
}
_TENTHS = "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme"
_SPELLED = {word: number for number, word in enumerate(_TENTHS.split(" "), start=1)}


@lru_cache(maxsize=4096)
def is_number(word: str) -> bool:
    """Tell whether a word is a number; called on every word of every message."""
    return word.isdigit() or word in _ROMAN or word in _SPELLED or word[:-1] in _ROMAN


def read_ordinal(words: list[str], position: int, *, strict: bool) -> tuple[int, int]:
    """Read a number and its ordinal ending; (0, position) when there is none.

    Strict requires the ending: in « Lyon, 5 rue… » the 5 is a house number.
    """
    if position >= len(words):
        return 0, position
    word = words[position]
    number = int(word) if word.isdigit() and len(word) <= 2 else _ROMAN.get(word) or _SPELLED.get(word, 0)
    end = position + 1
    while end < len(words) and words[end] in _ORDINALS:
        end += 1
    if not number and word.endswith("e") and word[:-1] in _ROMAN:
        number, strict = _ROMAN[word[:-1]], False
    has_ending = end > position + 1 or word in _SPELLED
    is_last = end >= len(words) or words[end] in _AFTER_NUMBER
    follows_code = end < len(words) and words[end].isdigit() and len(words[end]) == 5
    if not number or not (has_ending or (not strict and (is_last or follows_code))):
        return 0, position
    return number, end
