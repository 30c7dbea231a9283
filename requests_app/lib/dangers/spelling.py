"""Compare words as they sound, so that no misspelling hides a danger.

French is reduced to how it is pronounced (« menasse » and « menace », « tapé » and « taper » are one);
English, whose spelling says little about its sound, tolerates one wrong letter in a long word.
"""

import re

MIN_FUZZY = 6  # letters; in shorter words one letter changes the meaning

_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"qu?|k", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])|ss|z(?!$)", "s"),
        (r"g(?=[eiy])", "j"),
        (r"(?:e?s|ent|er|ez|ees?|es?|ait|ais|aient|ai|x|t|d|z)$", ""),
        (r"c(?!h)", "k"),
        (r"j(?=e[ao])e", "j"),
        (r"oeu", "eu"),
        (r"eau|au", "o"),
        (r"a[iy]|e[iy]", "e"),
        (r"[ea][nm](?=[^aeiouynm]|$)", "an"),
        (r"y", "i"),
        (r"(?<!c)h", ""),
        (r"(.)\1+", r"\1"),
    )
]


def sound_of(word: str) -> str:
    """Return how a French word without accents sounds, its mute endings left out."""
    if len(word) < 3:
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word) or word
    return word


def deletions_of(word: str) -> set[str]:
    """Return the word and its forms with one letter missing: words one slip apart share one of them."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_one_fault_apart(one: str, other: str) -> bool:
    """Tell whether one letter was added, dropped, changed, or swapped with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, others = one[start:], other[start:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return rest[1:] == others or rest == others[1:] or rest[1:] == others[1:] or swapped
