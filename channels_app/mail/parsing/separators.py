"""Lines that separate the mail from what it answers or forwards: « -----Message d’origine----- »."""

import re

from .announcements import ADDRESS, MOMENT
from .lines import DECORATION

# Bounded, since adjacent parts may match the same text: a line has at most 200 characters.
SEPARATED = re.compile(
    r"\A[-_=*~\s>]{0,100}[-_=*~]{2,100}\s{0,20}([^\W\d_][^_=*]{4,60}?)"
    r"\s{0,20}[-_=*~]{2,100}[\s-]{0,100}:?\s{0,20}"
)
ORIGINAL = re.compile(
    r"(?i)original message|reply message|(?:message|mail|courriel|courrier) d'origine"
    r"|(?:message|mail|e-mail|courriel) (?:original|initial)"
    r"|urspr[üu]ngliche (?:nachricht|mail)|original-? ?nachricht|mensa[jg]em? original"
    r"|missatge original"
    r"|messaggio originale|oorspronkelijk bericht|oprindelig (?:besked|meddelelse)|opprinnelig melding"
    r"|ursprungligt meddelande|alkuperäinen viesti|oryginalna wiadomo|wiadomość oryginalna"
    r"|původní (?:zpráva|e-mail)|pôvodná správa|eredeti üzenet|mesaj(?:ul)? (?:iniţial"
    r"|inițial|original)"
    r"|özgün ileti|orijinal (?:mesaj|ileti)|αρχικό μήνυμα|исходное сообщение|оригинальное сообщение"
    r"|вихідне повідомлення|оригинално съобщение|izvorna poruka|الرسالة الأصلية"
    r"|ההודעה המקורית|原始邮件|原始郵件"
    r"|元のメッセージ|원본 메시지|réponse à"
)
FORWARDED = re.compile(
    r"(?i)forwarded (?:message|by|mail)|message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])"
    r"|(?:courriel|e-?mail|mail) transf[ée]r[ée]|transf[ée]r[ée] par|transmis par"
    r"|weitergeleitete (?:nachricht|mail)|mensaje reenviado|missatge reenviat|messaggio inoltrato"
    r"|doorgestuurd bericht|mensagem (?:re)?encaminhada|videresendt|vidarebefordra|välitetty viesti"
    r"|przekazana wiadomość|wiadomość przekazana|přeposlaná zpráva|preposlaná správa|továbbított üzenet"
    r"|mesaj redirec[țţt]ionat|(?:iletilen|yönlendirilen) (?:ileti|mesaj)|προωθημένο μήνυμα"
    r"|пересылаемое сообщение|пересланное сообщение|переслане повідомлення|препратено съобщение"
    r"|proslijeđena poruka|mesazhi? i përcjellë|رسالة (?:معاد توجيهها|تمت إعادة توجيهها)|הודעה שהועברה"
    r"|转发邮件|转发的邮件|轉寄的?郵件|転送(?:された)?メッセージ|전달된 메시지"
)
FORWARD_OPENING = re.compile(
    r"(?i)\A(?:begin forwarded message|d[ée]but du (?:message|courriel) (?:r[ée]exp[ée]di[ée]"
    r"|transf[ée]r[ée])"
    r"|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato"
    r"|inicio del mensaje reenviado)\s*+(?::\s*+)?$"
)
REPLY_ABOVE = re.compile(
    r"(?i)(?:reply|write|type).{0,30} above this line|r[ée]pon\w{1,10}.{0,30}(?:au[- ]dessus"
    r"|en haut) de cette ligne"
)
RULE = re.compile(r"\A\s*+(?:[-_=*~]{5,}+|(?:[-_] ){5,}+)\s*+$")
FORWARD_SUBJECT = re.compile(
    r"(?i)\A[\s\[]*+(?:fwd?|tr|tf|wg|i|rv|enc|doorst|vs|vb|vl|pd|ilt|i̇lt|πρθ|továbbítás|пересл"
    r"|转发|轉寄|転送|전달"
    r"|إعادة توجيه|הועבר|transf[eé]r(?:t|[eé]e?)?|transfert)\s*+[:：]"
)
TITLE = re.compile(r"\A\s*+-{5,}+[^-:]{5,40}+-{5,}+")
OTHER_DASHES = str.maketrans("‐‑‒–—―", "------")
UNKNOWN_TITLE = re.compile(r"\A\s*+-{4,}+\s*+[^\W\d_](?:[^-_=*]|-(?!-)){4,40}-{4,}+\s*+")
GROUPWISE = re.compile(r"\A\s*+>>> .{3,200} >>>\s*+")


def separator(line: str) -> str:
    """Return "original" or "forwarded" for a line like -----Message d’origine-----, else ""."""
    line = line[:200].replace("’", "'").translate(OTHER_DASHES)
    if GROUPWISE.fullmatch(line) and (MOMENT.search(line) or ADDRESS.search(line)):
        return "original"
    found = SEPARATED.fullmatch(line)
    if found and FORWARDED.search(found[1]):
        return "forwarded"
    if found and ORIGINAL.search(found[1]):
        return "original"
    return "forwarded" if FORWARD_OPENING.match(line.strip(DECORATION)) else ""


def is_title(line: str) -> bool:
    """Return whether a line is only a title above a quoted header."""
    line = line[:200].replace("’", "'").translate(OTHER_DASHES)
    return bool(UNKNOWN_TITLE.fullmatch(line) or ORIGINAL.fullmatch(line.strip(DECORATION + "\xa0")))
