"""The lines by which mail programs announce the mail that is answered or forwarded, in many languages."""

import re

MAX_LINE = 500  # signs of a line that are looked at
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
DECORATION = " \t*_>|"

LABELS = {
    "from": "from|de|von|van|da|fra|från|od|от|отправитель|від|发件人|寄件者|lähettäjä|expéditeur|remitente"
    "|feladó|gönderen|kimden|de la|差出人|보낸 사람|από",
    "date": "sent|date|envoyé|envoyée|envoye|envoyé le|date d'envoi|gesendet|datum|verzonden|inviato|data"
    "|enviado|enviado el|enviada em|fecha|dato|sendt|skickat|wysłano|отправлено|дата|надіслано|发送时间|日期"
    "|lähetetty|odesláno|送信日時|päivämäärä|sendt den|gesendet am|tarih|küldve|trimis|보낸 날짜|날짜",
    "to": "to|à|a|pour|an|aan|para|til|till|do|кому|收件人|宛先|vastaanottaja|komu|cc|copie|copie à|kopie"
    "|kopia|kopi|kime|címzett|către|받는 사람|destinataire",
    "subject": "subject|objet|sujet|betreff|onderwerp|oggetto|asunto|emne|ämne|assunto|temat|тема|主题|主旨"
    "|件名|aihe|předmět|konu|tárgy|subiect|제목",
}
LABEL_OF = {word: kind for kind, words in LABELS.items() for word in words.split("|")}
INSIDE = {kind: re.compile(rf"(?i)(?<!\w)(?:{words})\s*\**\s*[:：]") for kind, words in LABELS.items()}
LABEL = re.compile(r"([^\W\d][\w' ]{0,20}?)\s*\**\s*[:：]")

LAPOSTE = re.compile(r"(?i)[>\s]*message du\s*:?\s*\d{1,2}/\d{1,2}/\d{2,4}")
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


GLUED = re.compile(r"(?<=[\w.!?,;)])[ \t]+(?=(?:Le|On|Am) \S{1,12} \d|Le \d|On \w{3}, )")
TITLE = re.compile(r"\s*-{5,}[^-:]{5,40}-{5,}")
OTHER_DASHES = str.maketrans("‐‑‒–—―", "------")
GROUPWISE = re.compile(r"\s*>>> .{3,200} >>>\s*")


def is_quoted(line: str) -> bool:
    """A line that the mail program marked as quoted."""
    return line[:8].lstrip(" \t").startswith(">")


def announcement(lines: list[str], at: int) -> int:
    """Count the lines of « Le … a écrit : » at this place, 0 when there is none."""
    first = lines[at][:MAX_LINE].strip(DECORATION)
    if not first:
        return 0
    if _announces(first, lines, at + 1):
        return 1
    if not INTRODUCTION.match(first):
        return 0
    joined = first
    for count in range(2, SPREAD + 1):
        if at + count > len(lines) or not lines[at + count - 1].strip():
            return 0
        joined = f"{joined} {lines[at + count - 1][:MAX_LINE].strip(DECORATION)}"
        if _announces(joined, lines, at + count):
            return count
    return 0


def _announces(text: str, lines: list[str], following: int) -> bool:
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


def split_glued(line: str) -> list[str]:
    """Part « Merci Le lun. 2 mars 2026 à 14:05, X <x@y.fr> a écrit : », glued by a conversion from HTML."""
    if len(line) > MAX_LINE:
        return [line]
    title = TITLE.match(line)
    if title and title.end() < len(line.rstrip()) and separator(title[0]):
        return [title[0], line[title.end() :]]
    if not END.search(line):
        return [line]
    found = GLUED.search(line)
    if found and _announces(line[found.end() :], [], 0):
        return [line[: found.start()], line[found.end() :]]
    return [line]


def header_block(lines: list[str], at: int) -> int:
    """Count the lines of « De : … Envoyé : … À : … Objet : … » at this place, 0 when there is none."""
    kind = _label(lines[at])
    is_laposte = LAPOSTE.match(lines[at][:100])
    if kind not in ("from", "date", "subject") and not is_laposte:
        return 0
    kinds = _labels_inside(lines[at])
    last, misses, has_address = at, 0, "@" in lines[at][:MAX_LINE]
    for number in range(at + 1, min(at + 14, len(lines))):
        line = lines[number][:MAX_LINE]
        kind = _label(line)
        if kind:
            kinds |= {kind} | _labels_inside(line)
            last = number
        else:
            misses += 1
        if misses > 4:
            break
        has_address = has_address or "@" in line
    is_block = len(kinds) >= 3 and "from" in kinds and ("subject" in kinds or has_address)
    if not is_laposte and _label(lines[at]) != "from":  # « Objet : … De : … » also opens a letter
        is_block = is_block and len(kinds) == 4 and has_address
    return last - at + 1 if is_block else 0


def announces_only(marked: list[str]) -> bool:
    """Marked lines that announce a quote and hold nothing of it: the quote itself follows without marks."""
    lines = [bare for line in marked if (bare := line.strip(DECORATION))]
    if not lines:
        return False
    return announcement(lines, 0) == len(lines) or header_block(lines, 0) == len(lines)


def is_author(line: str) -> bool:
    """A line that names who wrote: « De : Samira Benali <samira@…> »."""
    return _label(line[:MAX_LINE]) == "from"


def _label(line: str) -> str:
    found = LABEL.match(line[:60].replace("’", "'").lstrip(DECORATION + "\xa0"))
    return LABEL_OF.get(found[1].replace("\xa0", " ").lower().strip(), "") if found else ""


def _labels_inside(line: str) -> set[str]:
    """The labels of a line: some programs put « À : … Objet : … », or all of them, on one."""
    line = line[:MAX_LINE].replace("’", "'")
    return {kind for kind, pattern in INSIDE.items() if pattern.search(line)}


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
