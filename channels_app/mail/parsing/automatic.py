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
    r"(?i)[\s\[(*]*(?:(?:auto(?:matic|mated)?[- ]?(?:reply|respons?e?|answer)|autore(?:ply|spons\w*)"
    r"|out[- ]of[- ](?:the[- ])?office|ooo|vacation (?:reply|response|message)|away from (?:my"
    r"|the) (?:office|desk)"
    r"|r[eé]ponse (?:automatique|auto|d['’]absence)(?: du bureau)?|message (?:automatique )?d['’]absence"
    r"|message automatique|notification (?:automatique )?d['’]absence|avis d['’]absence"
    r"|absen(?:ce|te?|t\(e\)) du bureau|accus[eé] de r[eé]ception automatique|automatische (?:antwort"
    r"|r[üu]ck\w+)"
    r"|abwesenheits\w*|automatisch (?:antwoord|bericht)|respuesta autom[aá]tica|fuera de (?:la )?oficina"
    r"|risposta automatica|fuori (?:sede|ufficio)|resposta autom[aá]tica|autosvar|automaattinen\w*|автоответ"
    r"|自动回复|自動返信)"
    r"(?:\s*[\])*]|\s*[:：.!–-]|\s*$|\s+(?:re|aw|sv|tr|from|reply|message|until|jusqu|du \d|au \d))"
    r"|auto: .{0,60}(?:out of|office|absent|bureau|away))"
)
# Subjects that people use too: they need several signs of an answering machine in the text, and no question.
MAYBE_SUBJECT = re.compile(
    r"(?i)(?:re ?:\s*)?[\s\[(*]*(?:(?:je suis|nous sommes|i am|i['’]m)?\s*(?:actuellement|currently)?\s*)"
    r"(?:absen|en (?:cong|vacances|arr[eê]t)|indisponible|away|on (?:annual )?(?:leave|vacation|holiday)"
    r"|out of office"
    r"|cong[eé]s?\b|vacances\b|vacation|holiday|afwezig)"
)
MACHINE_WORDS = (
    re.compile(
        r"(?i)r[eé]ponse automatique|message (?:est )?(?:g[eé]n[eé]r[eé] )?automati"
        r"|automatic(?:ally)? (?:reply|gen)"
    ),
    re.compile(
        r"(?i)\bje (?:suis|serai) (?:actuellement )?(?:absente?|en (?:cong|vacances)|indisponible|hors)"
        r"|\b(?:i am|i['’]m|i will be) (?:currently )?(?:out of|away|on (?:annual )?(?:leave|vacation"
        r"|holiday))"
    ),
    re.compile(r"(?i)jusqu['’]?(?:au|à)|de retour|mon retour|until|(?:my|i) return|be back|limited access"),
    re.compile(
        r"(?i)urgen|en mon absence|in my absence"
        r"|(?:veuillez|please) (?:contacte|contact|vous adresser|[eé]cri)"
    ),
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
    return bool(MAYBE_SUBJECT.match(subject)) and _speaks_like_a_machine(text)


def _speaks_like_a_machine(text: str) -> bool:
    """Short, no question, and at least three of: automatic, I am away, until then, ask that other one."""
    start = text[:1500]
    return "?" not in start and len(text) < 1500 and sum(bool(w.search(start)) for w in MACHINE_WORDS) >= 3


def _precedence(head: Head) -> str:
    return head.text("precedence").lower()


def _is_spam(head: Head) -> bool:
    status = head.text("x-spam-status").lower()
    flag = head.text("x-spam-flag").lower()
    return status.startswith("yes") or flag.startswith(("yes", "true"))
