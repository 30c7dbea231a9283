"""What mail programs and employers add below a message."""

import re

from .app_lines import is_added
from .small_print import is_small_print

NAME_LINE = re.compile(r"\s{0,3}-{1,2} ?[A-ZÀ-Ý][\w'’-]{1,20}(?: [A-ZÀ-Ý][\w'’-]{1,20}){0,2}\s*")
DASHES = re.compile(r"\s{0,3}(?:--|—)[ \t\xa0]*$")
RULE = re.compile(
    r"\A\s*+(?:[-_=*~#]{5,}+|(?:[-_*] ){4,}+|[-*=_\s]*+disclaimer[-*=_:\s]*+)\s*+$", re.IGNORECASE
)
OPENING = re.compile(
    r"(?i)[\W_]{0,3}(?:ce (?:message|courriel|mail|e-?mail)|this (?:e-?mail|message|communication)"
    r"|diese (?:nachricht|e-?mail)|este (?:mensaje|correo|e-?mail)|esta mensagem"
    r"|quest[ao] (?:messaggio|e-?mail)|(?:dit|deze) (?:bericht|e-?mail)"
    r"|les informations contenues|the information (?:contained|in this)|avis de confidentialité)\b"
)
MAX_TRIED = 20  # positions in one text where small print is searched


MAX_LOOKED_AT = 5_000  # lines; nobody signs further down


def drop_signature(lines: list[str], *, is_first: bool) -> list[str]:
    """Return the lines above the signature, without those that a phone added.

    The first block of a mail keeps what looks like a signature when nothing else stands above it.
    """
    kept: list[str] = []
    has_text, tried = not is_first, 0
    for number, line in enumerate(lines):
        if number == MAX_LOOKED_AT:
            return [*kept, *lines[number:]]
        has_text = has_text or has_words(kept[-1:])
        if not line.strip():
            kept.append(line)
            continue
        if has_text and (DASHES.match(line[:300]) or _is_lone_name(lines, number)):
            break
        if has_text and tried < MAX_TRIED and _may_open_small_print(lines, number):
            tried += 1
            if is_small_print(lines[number:]):
                break
        if not is_added(line):
            kept.append(line)
    return kept


def has_words(lines: list[str]) -> bool:
    return any(character.isalnum() for line in lines for character in line)


def _may_open_small_print(lines: list[str], number: int) -> bool:
    """Return whether a line is a rule, or opens a paragraph about the mail itself."""
    line = lines[number][:300]
    is_paragraph = number == 0 or not lines[number - 1].strip()
    return bool(RULE.match(line) or (is_paragraph and OPENING.match(line)))


def _is_lone_name(lines: list[str], number: int) -> bool:
    """Match « -Amina Diallo » below a blank line with nothing after; in a list it is an item."""
    if not NAME_LINE.fullmatch(lines[number][:80]) or number == 0 or lines[number - 1].strip():
        return False
    if any(line.strip() for line in lines[number + 1 : number + 6]):
        return False
    above = next((lines[at] for at in range(number - 1, -1, -1) if lines[at].strip()), "")
    return not above.lstrip().startswith("-")
