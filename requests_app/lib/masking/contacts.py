"""Mask mails and numbers, however people type them: « jean point b arobase x.fr », « O6.12.34… »."""

import re

from requests_app.lib.masking.marks import MAIL, NUMBER

MIN_DIGITS = 8
_WORD = r"[^\s<>(),;:\"@＠]"
TYPED_MAIL = re.compile(rf"(?<!{_WORD})(?:{_WORD}++[ ]?)?[@＠][ ]?{_WORD}*+")
SPELLED_MAIL = re.compile(
    r"(?i)(?<![\w.+-])[\w.+-]++(?:[ ](?:point|tiret|underscore)[ ][\w.+-]++){0,3}"
    r"[ ]?(?:[(\[](?:at|arobase|arobas|a)[)\]]|arobase|arobas)[ ]?"
    r"[\w.+-]++(?:[ ](?:point|tiret)[ ][\w.+-]++){0,3}"
)
TYPED_NUMBER = re.compile(r"(?<!\d)[+(]{0,2}(?:(?<!\w)[oO](?=[^\w\n]?\d)|\d)(?:[^\w\n]{0,3}+[\doO]){7,}+")
DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_SMALL = (
    "zéro|zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    "|vingts?|trente|quarante|cinquante|soixante|et"
)
SPELLED_NUMBER = re.compile(rf"(?i)(?<!\w)(?:{_SMALL})(?:[ ,.-]{{1,3}}(?:{_SMALL})\b){{4,}}+")


def mask_contacts(text: str) -> str:
    """Mask mails, then numbers of eight digits or more; a day stays."""
    text = SPELLED_MAIL.sub(MAIL, TYPED_MAIL.sub(MAIL, text))
    return SPELLED_NUMBER.sub(NUMBER, TYPED_NUMBER.sub(_mask_number, text))


def _mask_number(found: re.Match[str]) -> str:
    typed = found[0]
    is_number = sum(character.isdigit() for character in typed) >= MIN_DIGITS - 1
    return typed if not is_number or DAY.fullmatch(typed) else NUMBER
