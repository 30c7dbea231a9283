"""Names written with one slip: « Rilleux », « Venissieu », « Villeurbane »."""

from collections.abc import Iterable

MIN_LENGTH = 7  # letters of a name: a shorter one is a slip away from too many words
MAX_LENGTH = 25  # letters compared
# Everyday words that are one slip away from a name, and mean themselves.
_THEMSELVES = frozenset({"fontaine", "champagnes", "collonge", "caillou", "chassie", "vernaisons"})


class Misspellings:
    """Words indexed by each form with one letter missing: found without comparing each with each."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_rest: dict[str, set[str]] = {}
        for word in words:
            if len(word) >= MIN_LENGTH and word.isalpha():
                for rest in (word, *_rests(word)):
                    self._by_rest.setdefault(rest, set()).add(word)

    def meant(self, written: str) -> list[str]:
        """List the words that are one slip away."""
        if not MIN_LENGTH - 1 <= len(written) <= MAX_LENGTH or written in _THEMSELVES:
            return []
        near = {word for rest in (written, *_rests(written)) for word in self._by_rest.get(rest, ())}
        return sorted(word for word in near if is_one_slip(written, word))


def _rests(word: str) -> list[str]:
    return [word[:n] + word[n + 1 :] for n in range(len(word))]


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether one letter added, dropped, changed, or two swapped, turn one word into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    if len(one) == len(other):
        is_swap = one[start : start + 2] == other[start : start + 2][::-1]
        return one[start + 1 :] == other[start + 1 :] or (is_swap and one[start + 2 :] == other[start + 2 :])
    short, long = sorted((one, other), key=len)
    return short[start:] == long[start + 1 :]
