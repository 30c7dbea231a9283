"""« Le … a écrit : »: the lines by which mail programs announce a quote, in many languages."""

import re

from .lines import CLOCK, DATE, DECORATION, MAX_LINE, bare, is_quoted

FOLDED_FROM = 50  # characters; programs fold at about seventy
SPREAD = 4  # lines over which one announcement may be folded

# « a écrit », but not « il m’a écrit »; in the other languages only programs use these phrases.
WRITING = (
    r"(?:\b(?:wrote|writes|[eé]crivait|[eé]criviez|geschrieben|escribi[oó]|va escriure|ha scritto|geschreven"
    r"|escreveu|a scris|yazdı|írta|έγραψε|napisał\(?a?\)?|napsal\(?a?\)?|napísal\(?a?\)?|shkroi)"
    r"|(?<![’'\w])(?<!nous )(?<!vous )(?<!lui )(?<!leur )[aà] [eé]crit|写道|寫道|書きました|작성)"
)
LAST_VERB = re.compile(rf"(?i){WRITING}\W{{0,5}}(?:-{{2,}})?\s*$")
VERB = re.compile(rf"(?i){WRITING}")
INNER_VERB = re.compile(
    r"(?i)\b(?:schrieb|skrev|schreef|kirjoitti|napisał|napsal|writes|писал|написал|пишет|пише|написав|написа"
    r"|пише|je napisao|је написао|viết|menulis|parašė|rakstīja|kirjutas|تمت كتابة|نوشت|كتبت?|כתב/?ה?)\b"
)
# « Quoting Amina <amina@…>: », as Horde writes it.
QUOTING = re.compile(r"(?i)(?:quoting|selon|zitat von|citando(?: a)?|citeren|cytowanie) \S")
INTRODUCTION = re.compile(
    r"(?i)\A(?:-{2,}+\s*+)?(?:on|le|am|el|il|il giorno|op|em|den|dnia|w dniu|ons|man|tir|tor|fre|lør|søn|lör"
    r"|sön|pe|ti|ma|ke|to|la|su|dne|ср|пн|вт|чт|пт|сб|вс|在|\w{2,4}[.,]|\d)[\s.,]?\s*+\S"
)
ADDRESS = re.compile(r"<?[^\s<>@]{1,100}@[^\s<>@]{1,200}>?")
BRACKETED_LAST = re.compile(r"<[^\s<>@]{1,100}@[^\s<>@]{1,200}>\W{0,3}$")
MOMENT = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}|\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
END = re.compile(
    r"[:：՝]\s*+(?:-{2,}+\s*+)?$|\b(?:wrote|[aà] [eé]crit)\s*+-{2,}+\s*+$|(?:写道|寫道)\s*+(?:[:：]\s*+)?$"
)
STARTS_BY_DATE = re.compile(r"\d{4}[/-]\d{1,2}[/-]\d{1,2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")


def announcement(lines: list[str], at: int) -> int:
    """Count the lines of « Le … a écrit : » at this position, 0 when there is none."""
    first = bare(lines[at])
    if not first:
        return 0
    if announces(first, lines, at + 1):
        return 1
    is_sure = bool(INTRODUCTION.match(first)) or _names_who_wrote(first, lines, at)
    if not is_sure and not _is_folded(first, lines, at):
        return 0
    joined = first
    for count in range(2, SPREAD + 1):
        if at + count > len(lines) or not lines[at + count - 1].strip():
            return 0
        joined = f"{joined} {bare(lines[at + count - 1])}"
        if announces(joined, lines, at + count) and (is_sure or _is_above_marks(lines, at + count)):
            return count
    return 0


def _names_who_wrote(first: str, lines: list[str], at: int) -> bool:
    """Return whether « Accueil a écrit le 3 mars » opens a paragraph, its hour or colon on the next line."""
    return _opens_paragraph(lines, at) and bool(VERB.search(first))


def _is_folded(first: str, lines: list[str], at: int) -> bool:
    """Return whether a program may have folded this line, in a language that we do not know."""
    return len(first) >= FOLDED_FROM and _opens_paragraph(lines, at)


def _opens_paragraph(lines: list[str], at: int) -> bool:
    return at == 0 or not lines[at - 1].strip(DECORATION)


def _is_above_marks(lines: list[str], following: int) -> bool:
    return any(is_quoted(line) for line in lines[following : following + 2])


def announces(text: str, lines: list[str], following: int) -> bool:
    """Require a verb with a time or an address; less is enough just above marked lines."""
    if len(text) > MAX_LINE:
        return False
    is_above_marks = _is_above_marks(lines, following)
    if not END.search(text):
        return _forgets_its_colon(text, is_above_marks=is_above_marks)
    if LAST_VERB.search(text) or INNER_VERB.search(text):
        return _says_enough(text, is_above_marks=is_above_marks)
    if VERB.search(text) and CLOCK.search(text) and (ADDRESS.search(text) or is_above_marks):
        return True
    return _announces_without_verb(text, is_above_marks=is_above_marks)


def _forgets_its_colon(text: str, *, is_above_marks: bool) -> bool:
    """Match « Le 3 mars 2026 à 09:12, Accueil a écrit » without colon, with an address or above marks."""
    is_sure = is_above_marks or bool(BRACKETED_LAST.search(LAST_VERB.sub("", text)))
    return is_sure and bool(LAST_VERB.search(text) and DATE.search(text) and CLOCK.search(text))


def _says_enough(text: str, *, is_above_marks: bool) -> bool:
    if ADDRESS.search(text) or (_starts_like_one(text) and CLOCK.search(text)):
        return True
    return len(text) < 120 and is_above_marks


def _announces_without_verb(text: str, *, is_above_marks: bool) -> bool:
    """Match « 30.09.2017, 18:30, "X" <x@y>: »; people never end a sentence with such an address."""
    clock, date = CLOCK.search(text), DATE.search(text)
    if clock and date and (is_above_marks or BRACKETED_LAST.search(text)):
        return True
    if not ADDRESS.search(text):
        return False
    if QUOTING.match(text) or (is_above_marks and clock):
        return True
    return bool(_starts_like_one(text) and (clock or STARTS_BY_DATE.match(text)))


def _starts_like_one(text: str) -> bool:
    return bool(INTRODUCTION.match(text) and MOMENT.search(text))
