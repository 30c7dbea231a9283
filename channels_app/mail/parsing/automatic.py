"""Did a machine send this mail, and may we answer it (RFC 3834)?"""

import re
from dataclasses import dataclass

from .addresses import Mailbox
from .bounces import Bounce, has_null_path
from .headers import Head

# Fields that only answering machines write, with the values that say so ("" = any).
MACHINE_FIELDS = {
    "x-autoreply": r"(?i)y|true|1|auto",
    "x-autorespond": "",
    "x-autoresponder": "",
    "x-auto-reply-from": "",
    "x-autoreply-from": "",
    "x-mail-autoreply": "",
    "x-fc-machinegenerated": r"(?i)true",
    "x-post-messageclass": r"(?i)autoresponder",
    "x-mailer": r"(?i)vacation|autorespond",
    "delivered-to": r"(?i)^autoresponder",
    "precedence": r"(?i)auto[-_ ]?reply",
    "x-precedence": r"(?i)auto[-_ ]?reply",
    "x-cron-env": "",
}
LIST_FIELDS = (
    "list-id",
    "list-post",
    "list-help",
    "list-unsubscribe",
    "list-subscribe",
    "x-mailing-list",
    "mailing-list",
)
# At the start of the subject only: « Re: Réponse automatique » was written by a person.
SUBJECT = re.compile(
    r"(?i)[\s\[(*]*(?:auto(?:matic|mated)?[- ]?(?:reply|respons?e?|response|answer)|auto\s?:|autore(?:ply"
    r"|spons)"
    r"|out[- ]of[- ](?:the[- ])?office|ooo\b|away (?:from|until)|on (?:vacation|holiday|annual leave)"
    r"|vacation\b"
    r"|r[eé]ponse (?:automatique|auto\b|d['’]absence)|message (?:automatique|d['’]absence)"
    r"|notification d['’]absence"
    r"|absen(?:ce|te?)(?:\(e\))? (?:du|de mon) bureau|avis d['’]absence|absence prolong[eé]e"
    r"|(?:je suis )?actuellement (?:absent|en (?:cong[eé]|vacances|arr[eê]t)|indisponible)"
    r"|je suis (?:absent|en (?:cong[eé]|vacances))"
    r"|accus[eé] de r[eé]ception automatique|automatische (?:antwort|r[üu]ck)|abwesenheits"
    r"|automatisch antwoord"
    r"|automatisch (?:antwoord|bericht)|afwezig|respuesta autom[aá]tica|fuera de (?:la )?oficina"
    r"|risposta automatica"
    r"|fuori (?:sede|ufficio)|resposta autom[aá]tica|autosvar|automaattinen|автоответ|自动回复|自動返信)"
)
# Weaker subjects, that also need the words of an answering machine at the start of the text.
MAYBE_SUBJECT = re.compile(
    r"(?i)(?:re ?:\s*)?.{0,40}(?:\babsen|\bcong[eé]s?\b|\bvacances\b|\baway\b|\bholiday|\bleave\b|\bauto)"
)
MACHINE_WORDS = re.compile(
    r"(?i)(?:ceci est un|this is an) (?:message|e-?mail|automat)\w*.{0,20}automat|r[eé]ponse automatique"
    r"|message (?:est )?g[eé]n[eé]r[eé] automatiquement|automatic(?:ally)? (?:reply|response|generated)"
    r"|(?:i am|i['’]m|i will be) (?:currently )?(?:out of (?:the )?office|away|on (?:annual )?(?:leave"
    r"|vacation|holiday))"
    r"|je (?:suis|serai) (?:actuellement )?(?:absente?|en (?:cong[eé]s?"
    r"|vacances))(?:\(e\))? .{0,60}(?:jusqu|retour|du \d)"
)
NO_REPLY = re.compile(
    r"(?:.*[._+-])?(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|donotrespond|ne-?_?\.?pas-?_?\.?repondre"
    r"|nepasrepondre"
    r"|no-?repondre|noresponse|no-?responder|nicht-?antworten|pas-?de-?reponse)(?:[._+=-].*)?@"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    is_auto: bool
    is_list: bool
    is_spam_marked: bool
    no_ack_reason: str


def judge(head: Head, *, sender: Mailbox, subject: str, text: str, bounce: Bounce) -> Verdict:
    """Judge a mail by its header, then by its words."""
    is_auto = bounce.is_bounce or bounce.is_report or _is_answer_of_machine(head, subject, text)
    is_list = any(head.has(name) for name in LIST_FIELDS) or _precedence(head) == "list"
    is_spam = _is_spam(head)
    reason = ""
    if bounce.is_bounce:
        reason = "avis de non-remise"
    elif is_auto:
        reason = "message automatique"
    elif has_null_path(head):
        reason = "expéditeur d’enveloppe vide"
    elif is_list:
        reason = "liste de diffusion"
    elif _precedence(head) in ("bulk", "junk"):
        reason = "envoi en nombre"
    elif head.text("x-auto-response-suppress").lower() not in ("", "none"):
        reason = "l’expéditeur refuse les réponses automatiques"
    elif is_spam:
        reason = "signalé comme indésirable"
    elif not sender.address:
        reason = "expéditeur inconnu"
    elif NO_REPLY.match(sender.address):
        reason = "adresse qui ne reçoit pas de réponse"
    return Verdict(is_auto, is_list, is_spam, reason)


def _is_answer_of_machine(head: Head, subject: str, text: str) -> bool:
    submitted = head.text("auto-submitted").partition(";")[0].strip().lower()
    if submitted:
        return submitted != "no"
    for name, wanted in MACHINE_FIELDS.items():
        if head.has(name) and re.search(wanted, head.text(name)):
            return True
    if SUBJECT.match(subject):
        return True
    return bool(MAYBE_SUBJECT.match(subject) and MACHINE_WORDS.search(text[:500]))


def _precedence(head: Head) -> str:
    return head.text("precedence").lower()


def _is_spam(head: Head) -> bool:
    status = head.text("x-spam-status").lower()
    flag = head.text("x-spam-flag").lower()
    return status.startswith("yes") or flag.startswith(("yes", "true"))
