"""« Le … a écrit : »: the lines by which mail programs announce a quote, in many languages."""

import re

from .lines import DECORATION, MAX_LINE, is_quoted

SPREAD = 4  # lines over which one announcement may be folded

# Verbs that end an announcement (« … a écrit : », but not « il m’a écrit : »), and those that stand inside.
LAST_VERB = re.compile(
    r"(?i)(?:\b(?:wrote|writes|[eé]crivait|geschrieben|escribi[oó]|ha scritto|geschreven|escreveu|a scris"
    r"|yazdı|írta|έγραψε|napisał\(?a?\)?|napsal\(?a?\)?)"
    r"|(?<![’'\w])(?<!nous )(?<!vous )(?<!lui )(?<!leur )[aà] [eé]crit"
    r"|写道|寫道|書きました|작성)\W{0,5}(?:-{2,})?\s*$"
)
INNER_VERB = re.compile(
    r"(?i)\b(?:schrieb|skrev|schreef|kirjoitti|napisał|napsal|writes|писал|написал|пишет|пише|написав|viết"
    r"|تمت كتابة"
    r"|كتب|כתב)\b"
)
# « Quoting Amina <amina@…>: », as Horde writes it.
QUOTING = re.compile(r"(?i)(?:quoting|selon|zitat von|citando(?: a)?|citeren|cytowanie) \S")
INTRODUCTION = re.compile(
    r"(?i)(?:-{2,}\s*)?(?:on|le|am|el|il|il giorno|op|em|den|dnia|w dniu|ons|man|tir|tor|fre|lør|søn|lör|sön"
    r"|pe|ti|ma|ke|to|la|su|dne|ср|пн|вт|чт|пт|сб|вс|在|\w{2,4}[.,]|\d)[\s.,]?\s*\S"
)
ADDRESS = re.compile(r"<?[^\s<>@]{1,100}@[^\s<>@]{1,200}>?")
MOMENT = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}|\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
END = re.compile(r"[:：]\s*(?:-{2,}\s*)?$|\b(?:wrote|[aà] [eé]crit)\s*-{2,}\s*$|(?:写道|寫道)\s*[:：]?\s*$")
STARTS_BY_DATE = re.compile(r"\d{4}[/-]\d{1,2}[/-]\d{1,2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")


def announcement(lines: list[str], at: int) -> int:
    """Count the lines of « Le … a écrit : » at this place, 0 when there is none."""
    first = lines[at][:MAX_LINE].strip(DECORATION)
    if not first:
        return 0
    if announces(first, lines, at + 1):
        return 1
    if not INTRODUCTION.match(first):
        return 0
    joined = first
    for count in range(2, SPREAD + 1):
        if at + count > len(lines) or not lines[at + count - 1].strip():
            return 0
        joined = f"{joined} {lines[at + count - 1][:MAX_LINE].strip(DECORATION)}"
        if announces(joined, lines, at + count):
            return count
    return 0


def announces(text: str, lines: list[str], following: int) -> bool:
    """Ask for a verb with a clock or an address; less is enough just above marked lines.

    Without verb (« 30.09.2017, 18:30, "X" <x@y>: ») both are needed.
    """
    if len(text) > MAX_LINE or not END.search(text):
        return False
    address, clock = ADDRESS.search(text), CLOCK.search(text)
    is_above_marks = any(is_quoted(line) for line in lines[following : following + 2])
    has_start = bool(INTRODUCTION.match(text) and MOMENT.search(text))
    if LAST_VERB.search(text) or INNER_VERB.search(text):
        if address or (has_start and clock):
            return True
        return len(text) < 120 and is_above_marks
    if address and (QUOTING.match(text) or (is_above_marks and clock and MOMENT.search(text))):
        return True
    return bool(address and has_start and (clock or STARTS_BY_DATE.match(text)))
