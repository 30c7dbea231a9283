"""Names as people, programs and registers write them: which part is given, which is the family name."""

import re

from requests_app.people.plain_names import name_words
from requests_app.people.similarity import is_similar
from requests_app.people.words_of_names import (
    CIVILITIES,
    COMPANIES,
    FAMILIES,
    GIVEN_TOO,
    ORGANISATIONS,
    PARTICLES,
    PILGRIM,
    TITLES,
    TOGETHER,
)

TWO_LETTERS = re.compile(r"[^\W\d_]{2}")  # « T. » and « J.-P. » are initials, not a family name in capitals
ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")  # « (DGA Solidarités) », as directories add
MAX_INITIALS = 2
MAX_PART_WORDS = 4  # words of one side of a comma


def split_name(full: str) -> tuple[str, str]:
    """Split « Samira Benali » into « Samira » and « Benali »; « BENALI Samira », « Benali, Samira » too.

    A word in capitals is taken for the family name, as French administrations write it. An
    organisation stays whole.
    """
    name = " ".join(ASIDE.sub(" ", full).split()) or full.strip()
    if is_organisation(name):
        return "", name
    family, *others = [part.strip() for part in name.split(",")]
    given = next((part for part in others if part and not _is_title(part)), "")
    if given and len(others) <= 2 and _may_be_a_part(family) and _may_be_a_part(given):
        return " ".join(_drop_civility(given.split())), family.title() if family.isupper() else family
    return _order(family if others and not given else name.replace(",", " "))


def split_typed_name(typed: str) -> tuple[str, str]:
    """Split what an agent typed in lower case too: « nadia kerbec » → (« Nadia », « Kerbec »)."""
    return split_name(typed.title() if typed.islower() else typed)


def _order(name: str) -> tuple[str, str]:
    words = _drop_civility(_drop_couple(name.split()))
    if len(words) < 2:
        return "", " ".join(words)
    capitals = [w for w in words if w.isupper() and TWO_LETTERS.search(w)]
    if capitals and len(capitals) < len(words):
        given = " ".join(w for w in words if w not in capitals)
        return given.title() if given.islower() else given, " ".join(capitals).title()
    if len(words) > 2 and _plain(words[1]) in PILGRIM:
        return " ".join(words[:2]), " ".join(words[2:])
    if (end := _family_first(words)) and end < len(words):
        return " ".join(words[end:]), " ".join(words[:end])
    return ("", " ".join(words)) if end else (words[0], " ".join(words[1:]))


def _family_first(words: list[str]) -> int:
    """Count the words of a leading family name: « El Amrani » Fatima, « de la Cruz » María; or 0.

    « Ben » may be a given name when one word follows.
    """
    count = next((n for n, word in enumerate(words) if _plain(word) not in PARTICLES), len(words))
    if not count or (len(words) == 2 and _plain(words[0]) in GIVEN_TOO):
        return 0
    return min(count + 1, len(words))


def _drop_couple(words: list[str]) -> list[str]:
    """Reduce « M. et Mme Durand », « famille Traoré » to the name they share."""
    if len(words) > 1 and _plain(words[0]) in FAMILIES:
        return words[1:]
    is_couple = len(words) > 3 and _plain(words[0]) in CIVILITIES and _plain(words[2]) in CIVILITIES
    return words[3:] if is_couple and _plain(words[1]) in TOGETHER else words


def _drop_civility(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and _plain(words[0]) in CIVILITIES else words


def is_written_name(name: str) -> bool:
    """Tell whether it is a name, and not a number, an address or a symbol in its place."""
    return any(map(str.isalpha, name)) and "@" not in name


def is_organisation(name: str) -> bool:
    """Tell whether a name is an organisation's, by its first word or its legal form."""
    words = [_plain(word) for word in name.split()]
    return bool(words) and (words[0] in ORGANISATIONS or any(word in COMPANIES for word in words))


def are_two_people(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether two full names (given, family) are of two people: no given name is similar.

    A family name may change, and parts may be written in the other order.
    """
    given, theirs = name_words(one[0]), name_words(other[0])
    if not (one[1] and other[1] and given and theirs) or _are_initials(given) or _are_initials(theirs):
        return False
    names, mine = " ".join(other), " ".join(one)
    return not (
        any(is_similar(word, names) for word in given) or any(is_similar(word, mine) for word in theirs)
    )


def _are_initials(given: list[str]) -> bool:
    """Tell whether « J. », « JP » are initials, which identify nobody."""
    return all(len(word) <= MAX_INITIALS for word in given)


def _is_title(part: str) -> bool:
    return all(_plain(word) in TITLES for word in part.split())


def _may_be_a_part(part: str) -> bool:
    """Tell whether it is a few words made of letters."""
    words = part.split()
    is_lettered = all(character.isalpha() or character in " '’.-" for character in part)
    return 0 < len(words) <= MAX_PART_WORDS and is_lettered


def _plain(word: str) -> str:
    return word.strip(".,;:'\"").replace(".", "").lower()
