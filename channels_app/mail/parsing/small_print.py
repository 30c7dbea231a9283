"""Disclaimers below a message: whom it is for, what was scanned, what is forbidden.

Recognised by subjects, never by a sentence: at least two of these subjects, and the mail itself.
« Ce message est confidentiel, mon mari ne doit rien savoir » has one, and stays.
"""

import re

MAX_LINES = 60
MAX_SIGNS = 4_000
SHORT, MANY = 15, 4  # lines; a longer one must have this many subjects
OPENS_WITHIN = 5  # lines in which the first subject is
MAIL = re.compile(
    r"(?i)\b(?:e-?mails?|mails?|messages?|courriels?|communications?|nachricht|mensaje|mensagem|messaggio"
    r"|bericht|correo)\b"
)
MATTERS = (
    r"confiden[tcz]|vertraulich|riservat|vertrouwelijk|privileged|gizli",
    r"destinat|addressee|recipient|intended (?:for|only|solely)|usage exclusif|(?:only|solely) for the use"
    r"|empfänger|geadresseerd|bestemd voor",
    r"(?:in|by) error|par erreur|par inadvertance|irrtümlich|versehentlich|por error|por engano|per errore"
    r"|abusievelijk|vergissing",
    r"pi[èe]ces? jointes?|(?:fichiers?|documents?) joints?|attachments?|files transmitted|anhäng|adjunt"
    r"|allegat",
    r"disclos|divulg|unauthori[sz]ed|non[- ]autoris|unbefugt|prohibited|interdite?s?\b|unlawful|strictly"
    r"|verboten|prohibid|vietat|verspreiding",
    r"virus|malware|scanned|analysé par",
    r"monitor|recorded for|may be (?:automatically )?logged|intercept",
    r"(?:opinions?|views?|avis) (?:expressed|exprim)|n'engage|policy|responsab|liab|haftung",
    r"not reply|(?:not |im)possible to reply|n[e'] pas r[ée]pondre|nicht antworten|no responda"
    r"|non rispondere|unattended",
    r"secure means|not secure|intégrité|integrity|altér[ée]|falsifi|cannot be guaranteed"
    r"|ne (?:peut|saurait) garantir",
    r"imprim|environ?ment|before (?:you )?print|ausdruck",
    r"unsubscribe|d[ée]sabonn|d[ée]sinscri|mailing list|liste de diffusion|abmelden|abbestell"
    r"|darse de baja|cancellarsi",
    r"disclaimer|legal notice|mentions? légales?|avertissement|avis de confidentialité",
)
NOTIONS = tuple(re.compile(rf"(?i){matter}") for matter in MATTERS)
# Enough alone: a virus scanner's line, and how to unsubscribe.
SURE = re.compile(
    r"(?i)(?:scanned|checked|analysé|vérifié|geprüft|analizado)\b.{0,60}(?:virus|malware|antivirus)"
    r"|(?:unsubscrib|d[ée]sabonn|d[ée]sinscri|abbestell|abmeld).{0,120}"
    r"(?:https?:|mailing list|liste de diffusion)"
)


def is_small_print(lines: list[str]) -> bool:
    """Return whether these lines, up to the last one, are about the mail they end."""
    start = _join(lines[:OPENS_WITHIN])
    if not _matters(start):
        return False
    rest = _join(lines[:MAX_LINES])
    if not MAIL.search(rest):
        return False
    is_short = sum(1 for line in lines[:MAX_LINES] if line.strip()) <= SHORT
    return _matters(rest) >= (2 if is_short else MANY) or (is_short and bool(SURE.search(rest)))


def _join(lines: list[str]) -> str:
    return " ".join(line[:300].strip() for line in lines if line.strip())[:MAX_SIGNS].replace("’", "'")


def _matters(text: str) -> int:
    return sum(1 for notion in NOTIONS if notion.search(text))
