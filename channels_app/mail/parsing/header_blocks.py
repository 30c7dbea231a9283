"""« De : … Envoyé : … À : … Objet : … »: the quoted header of the mail being answered, in any language."""

import re

from .labels import INSIDE, LABEL, LABEL_OF
from .lines import CLOCK, DATE, DECORATION, MAX_LINE

MAX_LINES = 14
MAX_STRAYS = 4  # lines without label, such as a list of recipients that was folded
LAPOSTE = re.compile(r"(?i)\A[>\s]*+message du\s*+(?::\s*+)?\d{1,2}/\d{1,2}/\d{2,4}")
DRAWN = re.compile(r"\A\s*+(?:_{20,}+|-{20,}+)\s*+$")
ANY_LABEL = re.compile(r"[^\W\d_][^:：՝\n]{0,24}+[:：՝][ \t\xa0]*+\S")


def header_block(lines: list[str], at: int) -> int:
    """Count the lines of « De : … Envoyé : … À : … Objet : … » at this position, 0 when there is none."""
    kind = _label(lines[at])
    is_laposte = LAPOSTE.match(lines[at][:100])
    if kind not in ("from", "date", "subject") and not is_laposte:
        return _unknown_block(lines, at)
    kinds = _labels_inside(lines[at])
    last, strays = at, 0
    for number in range(at + 1, min(at + MAX_LINES, len(lines))):
        line = lines[number][:MAX_LINE]
        kind = _label(line)
        if kind:
            kinds |= {kind} | _labels_inside(line)
            last = number
        else:
            strays += 1
        if strays > MAX_STRAYS:
            break
    block = lines[at : last + 1]
    is_block = _is_header(kinds, block)
    if not is_laposte and _label(lines[at]) != "from":  # « Objet : … De : … » also opens a letter
        is_block = is_block and len(kinds) == 4 and _has(block, "@")
    return len(block) if is_block else _unknown_block(lines, at)


def is_author(line: str) -> bool:
    """Return whether a line names the author: « De : Samira Benali <samira@…> »."""
    return _label(line[:MAX_LINE]) == "from"


def _is_header(kinds: set[str], block: list[str]) -> bool:
    """Require who and two of when, to whom, about what; without a subject, an address or a time."""
    if "from" not in kinds:
        return False
    if len(kinds) >= 3:
        return "subject" in kinds or _has(block, "@") or _has_hour(block)
    return "date" in kinds and len(block) == 2 and _has(block, "@") and _has_hour(block)


def _unknown_block(lines: list[str], at: int) -> int:
    """Count the lines of labels with a date and a time, below a program's rule: a header in any language."""
    above = next((line for line in reversed(lines[max(0, at - 3) : at]) if line.strip()), "")
    if not DRAWN.match(above[:MAX_LINE]):
        return 0
    count = 0
    for line in lines[at : at + MAX_LINES]:
        if not ANY_LABEL.match(line[:MAX_LINE].lstrip(DECORATION)):
            break
        count += 1
    return count if count >= 3 and _has_hour(lines[at : at + count]) else 0


def _has(block: list[str], text: str) -> bool:
    return any(text in line[:MAX_LINE] for line in block)


def _has_hour(block: list[str]) -> bool:
    return any(CLOCK.search(line[:MAX_LINE]) and DATE.search(line[:MAX_LINE]) for line in block)


def _label(line: str) -> str:
    found = LABEL.match(line[:60].replace("’", "'").lstrip(DECORATION + "\xa0"))
    return LABEL_OF.get(found[1].replace("\xa0", " ").lower().strip(), "") if found else ""


def _labels_inside(line: str) -> set[str]:
    """Return the labels of a line: some programs put « À : … Objet : … », or all of them, on one line."""
    line = line[:MAX_LINE].replace("’", "'")
    return {kind for kind, pattern in INSIDE.items() if pattern.search(line)}
