"""Recognises a bounce and the message that bounced: half of them follow no standard."""

import re
from collections.abc import Iterator

from .addresses import Mailbox, read_mailboxes, usable
from .headers import Head, read_head
from .identity import read_message_id
from .outcomes import STATUS
from .tree import Part

LOOKED_AT = 20_000  # characters of a text

RETURNED = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/partial",
)
MACHINE = re.compile(
    r"\A(?=[^@]*@)(?:mailer[-_.]?daemon|p?oo?st[-_.]?master|mail[-_.]?(?:daemon|system|delivery|administrator)"
    r"|mdaemon|mmsdaemon|microsoftexchange[0-9a-f]{32}"
    r"|barracuda|anti-?spam|mail-?(?:gateway|marshal|filter|security|server|router|admin)|system-?admin\w*"
    r"|(?:bounce|double-?bounce|failure|ndr|non-?delivery)s?)(?:[+=_.-][^@]*+)?@"
)
MACHINE_NAME = re.compile(
    r"(?i)mail(?:er)?[ -]?(?:delivery|daemon|system|admin|router|server)|delivery (?:sub)?system|postmaster"
    r"|\bndr\b|system administrator|administrateur syst|routeur de courrier"
)
SUBJECT = re.compile(
    r"(?i)undeliver|non-?deliver|not delivered|pas (?:[eé]t[eé]|pu [eê]tre) (?:remis|distribu|d[eé]livr)"
    r"|un(?:able|successful)\b.{0,20}deliver|returned (?:mail"
    r"|to sender|message)"
    r"|return(?:ed)? (?:mail|e-?mail)|delivery (?:status|failure|failed|has failed|notification|report"
    r"|error|problem"
    r"|unsuccessful|delayed|is delayed|has been delayed)|fail(?:ure|ed) (?:notice|delivery|mail|notification)"
    r"|mail (?:delivery|system|could not|failure)|message (?:delayed|not delivered|status|delivery)"
    r"|(?:could|can) ?not be delivered|cannot send message|user unknown|e-?mail delivery error"
    r"|warning: (?:message|could)"
    r"|non[- ]remis|non[- ]distribu|[eé]chec (?:de|d['’])|erreur de (?:remise|distribution)"
    r"|retour(?:n[eé])? (?:de|à)"
    r"|notification d['’][eé]tat|remise (?:diff[eé]r[eé]e|impossible|retard)|unzustellbar|zustell"
    r"|übermittlung"
    r"|no (?:se (?:ha podido|puede|pudo) )?entreg|n[aã]o entreg|falha (?:na|de) entrega|error de entrega"
    r"|non recapitat|mancat[oa] (?:recapito|consegna)|stato (?:di|del) recapito|impossibile recapitare"
    r"|onbestelbaar|niet (?:bezorgd|afgeleverd)|levereras|nie (?:dostarczono|można dostarczyć)"
    r"|nedoru[cč]|teslim edilem|недоставлен|не доставлен|blocked by our"
    r"|配信|配達|エラーメール|宛先不明|无法投递|退信|系统退信"
)
TEXT = re.compile(
    r"(?i)could not (?:be )?deliver|cannot be delivered|was(?: not|n['’]t) (?:able to )?(?:be )?deliver"
    r"|unable to deliver|not be delivered|undeliver|delivery (?:has |to the following .{0,40})?fail"
    r"|delivery (?:attempts? )?.{0,40}(?:fail|delay|abort)|following address(?:es)? .{0,40}(?:fail|error"
    r"|problem)"
    r"|did not reach|message .{0,40}(?:rejected|returned|bounced|blocked|delayed|undeliverable)"
    r"|permanent(?:ly)? (?:error|fail)"
    r"|user (?:unknown|not found)|unknown (?:user|recipient|address)|no such (?:user|recipient|mailbox)"
    r"|invalid (?:user|recipient|address|mailbox)|no valid recipients|mailbox (?:is )?(?:full|unavailable"
    r"|not found|disabled)"
    r"|(?:over|exceeded).{0,20}quota|host (?:unknown|not found)|relay(?:ing)? (?:access )?denied"
    r"|envelope expired"
    r"|returned (?:to sender|message|below|mail)|mail(?:er)?[- ]daemon|delivery status notification"
    r"|non-?delivery"
    r"|n['’](?:a|ont) pas pu [eê]tre (?:remis|distribu|d[eé]livr|livr)|n['’]a pas [eé]t[eé] (?:remis"
    r"|distribu|d[eé]livr)"
    r"|impossible de (?:remettre|distribuer|d[eé]livrer)|[eé]chec (?:de|d['’])"
    r"|adresse .{0,40}(?:introuvable|inconnue)"
    r"|n['’]est pas parvenu|n['’]a pas pu [eê]tre achemin|n['’]avons pas pu (?:remettre|distribuer"
    r"|d[eé]livrer)"
    r"|bo[iî]te .{0,30}pleine|konnte nicht zugestellt|nicht zugestellt|fehler bei der nachrichtenzustellung"
    r"|(?:impossibile|non [eè] stato possibile) (?:recapitare|consegnare)|no se (?:ha podido|pudo"
    r"|puede) entregar"
    r"|entrega falhou|n[aã]o (?:p[oô]de|foi poss[ií]vel) .{0,20}entreg|kon niet worden (?:bezorgd|afgeleverd)"
    r"|has not been delivered|service refus|over quota|mail rejete"
    r"|配信|配達|送信できません|宛先|存在しません"
    r"|\b5[0-5]\d[ :#-]+\(?#?5?\.?\d|\b5\.\d\.\d{1,3}\b"
)
# Amazon's notifications by mail: the whole text is JSON.
PROVIDER_NOTICE = re.compile(r'\A\s*\{.{0,1500}"(?:notificationType|eventType)"\s*:\s*"Bounce"', re.DOTALL)
# A person who forwards a notice, with its parts, is a person.
PASSED_ON = re.compile(r"(?i)\A\s*+(?:re|fwd?|tr|wg|aw|rv|enc|i|sv|vs)\s*+:")
ID_LINE = re.compile(r"(?im)^[>\s|]{0,8}message-id\s*:\s*<?([^<>\s]{3,400})>?")
ADDRESS_LINE = re.compile(
    r"(?im)^[^\S\n]*+(?:[>*-]++[^\S\n]*+){0,12}+"
    r"(?:(?:(?:final-|original-)?recipient(?: address)?[^\S\n]*+:?|rcpt to:|to:)[^\S\n]*+)?"
    r"(?:rfc822;[^\S\n]*+)?<?([^\s<>@:;,()\"']{1,100}@[^\s<>@:;,()\"']{2,200}\.[a-z0-9-]{2,30})[>.:,]?"
)
ANY_ADDRESS = re.compile(r"(?<![\w./=?-])([\w.+-]{1,100}@[\w.-]{2,200}\.[a-z]{2,30})(?![\w@])", re.IGNORECASE)
RETURNED_COPY = re.compile(r"(?m)^(?:Received|Return-Path): ")
BLANK = re.compile(rb"\s")
STATUS_ADDRESS = {
    name: re.compile(rf"(?im)^{name}\s*+:\s*+(?:[a-z0-9-]{{1,20}}\s*+;\s*+)?<?([^\s<>;@]++@[^\s<>;]+)")
    for name in ("original-recipient", "final-recipient")
}
MAX_WORDS = 1500  # characters within which an address in a sentence is the one that failed


def looks_returned(head: Head, sender: Mailbox, subject: str, text: str) -> bool:
    """Weigh the sender (a mail system, or nobody) and the text; one alone is not enough."""
    if PROVIDER_NOTICE.search(text[:2000]):
        return True
    is_said = (SUBJECT.search(subject), TEXT.search(text[:4000]))
    if head.has("x-failed-recipients"):  # a field that any rule may write: alone it proves nothing (N01)
        return any(is_said) or speaks(head, sender)
    if is_system(sender):
        return any(is_said)
    return (has_null_path(head) or not sender.address) and all(is_said)


def speaks(head: Head, sender: Mailbox) -> bool:
    """Return whether the sender is a mail system, or nobody."""
    return is_system(sender) or has_null_path(head)


def is_system(sender: Mailbox) -> bool:
    return bool(MACHINE.match(sender.address) or MACHINE_NAME.search(sender.name))


def has_null_path(head: Head) -> bool:
    """Return whether the envelope sender is empty: machine mail that must not be answered."""
    paths = [BLANK.sub(b"", value).lower() for value in head.all_raw("return-path")]
    return any(
        path in (b"<>", b'""', b"<<>>") or path.startswith((b"<mailer-daemon", b"mailer-daemon"))
        for path in paths
    )


def returned_id(root: Part, parts: list[Part], text: str) -> str:
    for part in parts:
        if part.type in RETURNED:
            found = read_message_id(read_head(part.data().lstrip())[0])
            if found:
                return found
    own = read_message_id(root.head)
    for body in (text, *_other_texts(parts)):
        ids = [found for found in ID_LINE.findall(body) if found != own]
        if ids:
            return ids[0]
    return ""


def _other_texts(parts: list[Part]) -> Iterator[str]:
    for part in parts:
        if part.type.startswith("text/") or part.type in STATUS:
            yield part.text()[:LOOKED_AT]


def read_recipient(root: Part, parts: list[Part], text: str, sender: Mailbox) -> str:
    """Return the address that could not be reached: from the status report, else from the text."""
    for pattern in STATUS_ADDRESS.values():
        for part in parts:
            if part.type in STATUS and (found := _status_address(part, pattern)):
                return found
    failed = read_mailboxes(root.head.raw("x-failed-recipients"))
    if failed:
        return failed[0].address
    ours = {sender.address, *(box.address for box in read_mailboxes(root.head.raw("to")))}
    ours.update(ID_LINE.findall(text))
    start = RETURNED_COPY.split(text, maxsplit=1)[0]
    for candidates in (ADDRESS_LINE.findall(text), ANY_ADDRESS.findall(start[:MAX_WORDS])):
        named = (usable(address) for address in candidates)
        if lost := next((address for address in named if address and address not in ours), ""):
            return lost
    return ""


def _status_address(part: Part, pattern: re.Pattern[str]) -> str:
    """Read `Final-Recipient: rfc822; user@host` in any of the groups of a status report."""
    found = pattern.search(part.text()[:LOOKED_AT])
    return (usable(found[1]) or "") if found else ""
