"""What mail programs and employers add below a message."""

import re

from .app_lines import is_added

NAME_LINE = re.compile(r"\s{0,3}-{1,2} ?[A-ZÀ-Ý][\w'’-]{1,20}(?: [A-ZÀ-Ý][\w'’-]{1,20}){0,2}\s*")
DASHES = re.compile(r"\s{0,3}(?:--|—)[ \t\xa0]*$")
RULE = re.compile(r"\s*(?:[-_=*~#]{5,}|(?:[-_*] ){4,}|[-*=_\s]*disclaimer[-*=_:\s]*)\s*$", re.IGNORECASE)
SMALL_PRINT = re.compile(
    r"(?i)confidenti|intended (?:recipient|for|only)|disclaimer|addressee|not to be treated as|are monitored"
    r"|routinely monitored|opinions expressed|do not reply|n[e'’ ]+pas r[ée]pondre|destinataire|scanned for"
    r"|virus|pensez? (?:à|avant) .{0,40}imprimer|consider the environment|usage exclusif|avast"
    r"|mailing list|liste de diffusion|unsubscribe|d[ée]sabonne|d[ée]sinscri"
)
OPENING = re.compile(
    r"(?i)[\W_]{0,3}(?:ce (?:message|courriel|mail|e-?mail)|this (?:e-?mail|message|communication)"
    r"|les informations contenues|the information (?:contained|in this)|avis de confidentialité)\b"
)
LOOK_AHEAD = 4


def without_signature(lines: list[str], *, is_first: bool) -> list[str]:
    """Give the lines above the signature, without the lines of the telephone.

    The first block of a mail keeps what looks like a signature when nothing else stands above it.
    """
    kept: list[str] = []
    has_text = not is_first
    for number, line in enumerate(lines):
        has_text = has_text or has_words(kept[-1:])
        if has_text and _starts_signature(lines, number):
            break
        if not is_added(line):
            kept.append(line)
    return kept


def has_words(lines: list[str]) -> bool:
    return any(character.isalnum() for line in lines for character in line)


def _starts_signature(lines: list[str], number: int) -> bool:
    line = lines[number][:300]
    if DASHES.match(line) or _is_lone_name(lines, number):
        return True
    following = " ".join(text[:300] for text in lines[number : number + LOOK_AHEAD + 1] if text.strip())
    is_paragraph = number == 0 or not lines[number - 1].strip()
    if RULE.match(line) or (is_paragraph and OPENING.match(line)):
        return bool(SMALL_PRINT.search(following))
    return False


def _is_lone_name(lines: list[str], number: int) -> bool:
    """« -Amina Diallo » below a blank line, with nothing after, is a signature; in a list it is an item."""
    is_last = not any(line.strip() for line in lines[number + 1 : number + 6])
    if not is_last or number == 0 or lines[number - 1].strip() or not NAME_LINE.fullmatch(lines[number][:80]):
        return False
    above = next((line for line in reversed(lines[:number]) if line.strip()), "")
    return not above.lstrip().startswith("-")
