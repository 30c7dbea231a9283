"""« De : … Envoyé : … À : … Objet : … »: the header of the mail that is answered, in many languages."""

import re

from .lines import DECORATION, MAX_LINE

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
