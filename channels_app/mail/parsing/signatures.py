"""What mail programs and employers add below a message."""

import re

# « Sent from my desk, which is easier » is a sentence; « …, excuse my typos » is not.
MOBILE = re.compile(
    r"(?i)[\W_]{0,4}(?:envoy[ée]e?s? (?:de(?:puis)?|[àa] partir|avec|via|par|gr[âa]ce) [^,;!?]{1,70}"
    r"|(?:sent (?:from|via|with|by)|from my (?:iphone|ipad|android|mobile)) ?[^,;!?]{0,60}"
    r"(?:[,.] ?(?:please|sorry|excuse|pardon).{0,60})?|sent from \[?mail\]?.{0,90}"
    r"|get (?:\[?outlook|the outlook).{0,90}"
    r"|(?:t[ée]l[ée]charge[rz]|obtenir|obtenez) (?:\[?outlook|blue ?mail).{0,90}"
    r"|von meinem .{0,60}gesendet\W*|gesendet (?:von|mit|aus) .{0,60}"
    r"|diese nachricht wurde von meinem .{0,90}|enviado (?:desde|do|a partir) .{0,60}"
    r"|inviato (?:da|dal) .{0,60}|sendt fra .{0,60}|(?:verzonden|verstuurd) (?:met|vanaf|van|via) .{0,60}"
    r"|skickat från .{0,60}|lähetetty .{0,40}|wysłane z .{0,60}|отправлено (?:с|из) .{0,60}"
    r"|\[?(?:garanti )?(?:sans virus|virus-free|virenfrei).{0,10}(?:www\.)?(?:avast|avg)\.\w{2,3}.{0,90}"
    r"|(?:l'absence de virus dans|cet e-?mail a été vérifié|this e-?mail has been checked for viruses).{0,90}"
    r"|(?=[^.!?]*(?:imprim|print))(?=[^.!?]*(?:environ|planète|forêt|arbre|tree))(?:pense\w{1,2}"
    r"|merci de penser|soyons|préserv\w{1,4}|please consider|think|consider|save|avant d'imprimer"
    r"|before (?:you )?print\w*|n'imprimez)"
    r"[^.!?]{0,120}[.!]?"
    r"|從我的 .{0,30}|发自我的.{0,30}|provenance : (?:courrier|mail).{0,60})"
)
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
        if not MOBILE.fullmatch(line.strip()[:200].replace("’", "'")):
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
