"""Lines that part the mail from what it answers or forwards: « -----Message d’origine----- »."""

import re

from .announcements import ADDRESS, MOMENT
from .lines import DECORATION

SEPARATED = re.compile(r"[-_=*~\s>]*[-_=*~]{2,}\s*([^\W\d_][^_=*]{4,60}?)\s*[-_=*~]{2,}[\s-]*:?\s*")
ORIGINAL = re.compile(
    r"(?i)original message|reply message|(?:message|mail|courriel|courrier) d'origine"
    r"|(?:message|mail|e-mail|courriel) (?:original|initial)"
    r"|urspr[üu]ngliche (?:nachricht|mail)|original ?nachricht|mensaje original|mensagem original"
    r"|messaggio originale"
    r"|oorspronkelijk bericht|oprindelig (?:besked|meddelelse)|opprinnelig melding|ursprungligt meddelande"
    r"|alkuperäinen viesti|oryginalna wiadomo|wiadomość oryginalna|původní zpráva|исходное сообщение|原始邮件"
    r"|réponse à"
)
FORWARDED = re.compile(
    r"(?i)forwarded (?:message|by|mail)|message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])"
    r"|courriel transf[ée]r[ée]"
    r"|weitergeleitete nachricht|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht"
    r"|mensagem encaminhada"
    r"|transf[ée]r[ée] par|transmis par|videresendt|vidarebefordrat|пересылаемое сообщение|转发邮件"
)
FORWARD_OPENING = re.compile(
    r"(?i)(?:begin forwarded message|d[ée]but du (?:message|courriel) (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])"
    r"|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato"
    r"|inicio del mensaje reenviado)\s*:?\s*$"
)
REPLY_ABOVE = re.compile(
    r"(?i)(?:reply|write|type).{0,30} above this line|r[ée]pon\w+.{0,30}(?:au[- ]dessus"
    r"|en haut) de cette ligne"
)
RULE = re.compile(r"\s*[-_=*~]{5,}\s*$|\s*(?:[-_] ){5,}\s*$")
FORWARD_SUBJECT = re.compile(
    r"(?i)[\s\[]*(?:fwd?|tr|tf|wg|i|rv|enc|doorst|vs|transf[eé]r(?:t|[eé]e?)?|transfert)\s*:"
)
TITLE = re.compile(r"\s*-{5,}[^-:]{5,40}-{5,}")
OTHER_DASHES = str.maketrans("‐‑‒–—―", "------")
GROUPWISE = re.compile(r"\s*>>> .{3,200} >>>\s*")


def separator(line: str) -> str:
    """Say "original" or "forwarded" for a line like -----Message d’origine-----, else ""."""
    line = line[:200].replace("’", "'").translate(OTHER_DASHES)
    if GROUPWISE.fullmatch(line) and (MOMENT.search(line) or ADDRESS.search(line)):
        return "original"
    found = SEPARATED.fullmatch(line)
    if found and FORWARDED.search(found[1]):
        return "forwarded"
    if found and ORIGINAL.search(found[1]):
        return "original"
    return "forwarded" if FORWARD_OPENING.match(line.strip(DECORATION)) else ""
