"""Tell the topics of violence apart by the age of the victim: an adult's is not a child's (threats: N12)."""

import re

from requests_app.lib.text import words

FAMILY, CHILD = "violences-conjugales", "enfance-danger"  # a catalog without them has no such rule
ADULT = 18
_CHILDREN = (
    "fille fils garcon soeur frere niece neveu daughter son sister brother boy girl hija hijo filha filho "
    "nina nino enfant enfants child сына дочь сина доньку ابنتي ابني"
)
CHILDREN = frozenset(_CHILDREN.split())
_YEARS = "ans|an|years|year|yo|anos|yasindayim|yasinda|лет|года|роки|років|سنة|عاما"
_OF_ME = re.compile(
    r"\b(?:j ai|jai|i am|i m|im|aged|tengo|tenho|мне|мені|عمري)(?: \w+)? (\d{1,2})\b"
    r"|\b(\d{1,2}) (?:yasindayim)\b"
)
_OF_CHILD = re.compile(
    rf"\b(?:fille|fils|garcon|soeur|frere|niece|neveu|daughter|son|sister|brother|hija|hijo|filha|filho)"
    rf"(?: \w+)? (\d{{1,2}}) (?:{_YEARS})\b"
)


def settled_by_age(code: str, text: str, found: tuple[str, ...]) -> str:
    """Return the other of the two topics when the victim's age says so; else the same."""
    if code not in {FAMILY, CHILD}:
        return code
    age = _age_of_victim(" ".join(words(text)), is_me=CHILDREN.isdisjoint(words(" ".join(found))))
    if age is None:
        return code
    return FAMILY if age >= ADULT else CHILD


def _age_of_victim(line: str, *, is_me: bool) -> int | None:
    said = _OF_ME.search(line) if is_me else _OF_CHILD.search(line)
    return int(next(age for age in said.groups() if age)) if said else None
