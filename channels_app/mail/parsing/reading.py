"""From the raw bytes of a mail to a parsed one."""

import re
from collections.abc import Iterable

from . import automatic, forwards, notices, replies
from .addresses import Mailbox, read_mailboxes
from .bodies import Bodies, read_bodies
from .dates import read_date
from .files import read_files
from .headers import read_head
from .identity import read_ids, read_message_id
from .limits import MAX_HEAD_BYTES, MAX_TEXT
from .model import Understood
from .tree import Part, read_tree
from .words import one_line

MAX_COPIED = 20
# What help desks obey from their own programs; from outside it is ignored (threats: M10).
CONTROL = re.compile(r"x-(?:gru|zammad|otrs|znuny|rt|freescout|helpdesk|ticket)-|x-(?:group|queue|owner)$")


def understand(raw: bytes) -> Understood:
    """Parse one mail; raises Unreadable, and nothing else, when it exceeds the limits."""
    root = read_tree(raw)
    hint = _charset_hint(root)
    senders = _mailboxes(root, hint, "from")
    bodies = read_bodies(root)
    text, html = bodies.text()[:MAX_TEXT], bodies.html()[:MAX_TEXT]
    subject = one_line(root.head.text("subject", hint))
    sender = senders[0] if senders else Mailbox("", "")
    bounce = notices.read_bounce(root, sender=sender, subject=subject, text=text)
    reply_text = replies.visible(bodies.words()[:MAX_TEXT], subject=subject)
    forwarded_from = forwards.written_by(text, subject=subject)
    words = "" if forwards.is_forward(text, subject=subject) else reply_text
    verdict = automatic.judge(root.head, sender=sender, subject=subject, words=words, bounce=bounce)
    replied = _mailboxes(root, hint, "reply-to")
    return Understood(
        from_address=sender.address or None,
        from_name=sender.name,
        reply_to=replied[0].address if replied else None,
        reply_to_name=replied[0].name if replied else "",
        to=_addresses(root, hint, "to", "cc"),
        copied=tuple((box.address, box.name) for box in _mailboxes(root, hint, "cc")[:MAX_COPIED]),
        delivered_to=_addresses(root, hint, "delivered-to", "x-original-to", "envelope-to"),
        subject=subject,
        text=text,
        reply_text=reply_text,
        html=html,
        files=tuple(read_files(bodies.files, html)),
        message_id=read_message_id(root.head),
        references=read_ids(root.head, "references", "in-reply-to"),
        sent_at=read_date(root.head.text("date")),
        is_auto=verdict.is_auto,
        is_answer=verdict.is_answer,
        report=bounce.report,
        is_bounce=bounce.is_bounce,
        is_list=verdict.is_list,
        is_spam_marked=verdict.is_spam_marked,
        no_ack=bool(verdict.no_ack_reason),
        no_ack_reason=verdict.no_ack_reason,
        bounce_original_message_id=bounce.original_message_id,
        bounce_recipient=bounce.recipient,
        bounce_outcomes=bounce.outcomes,
        authentication=_authentication(root),
        forwarded_from=forwarded_from,
        control_headers=tuple(name for name, _value in root.head.fields if CONTROL.match(name))[:10],
        notes=tuple(_notes(root, senders, bodies, text)),
    )


def glimpse(raw: bytes) -> tuple[str | None, str]:
    """Return sender and subject of a mail that could not be parsed, from the start of its header only."""
    head, _ = read_head(raw[:MAX_HEAD_BYTES].lstrip())
    boxes = read_mailboxes(head.raw("from"))
    return (boxes[0].address if boxes else None), one_line(head.text("subject"))


def opening(raw: bytes, names: Iterable[str]) -> dict[str, str]:
    """Return these fields, decoded, of a mail that may be unreadable; from its header only."""
    head, _ = read_head(raw[:MAX_HEAD_BYTES].lstrip())
    return {name: one_line(head.text(name)) for name in names}


def _charset_hint(root: Part) -> str:
    """Return the charset of the first text part: raw header bytes most often use it too."""
    return next((c for part in root.walk() if (c := part.parameters.get("charset"))), "")


def _mailboxes(root: Part, hint: str, *names: str) -> list[Mailbox]:
    fields = [value for name in names for value in root.head.all_raw(name)]
    return [box for value in fields for box in read_mailboxes(value, hint)]


def _addresses(root: Part, hint: str, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(box.address for box in _mailboxes(root, hint, *names)))


def _authentication(root: Part) -> str:
    """Return the first line, added by the server nearest to us."""
    return one_line(root.head.text("authentication-results"))[:1000]


def _notes(root: Part, senders: list[Mailbox], bodies: Bodies, text: str) -> list[str]:
    head, notes = root.head, []
    if not senders:
        notes.append("L’adresse de l’expéditeur est absente ou inutilisable.")
    if len(senders) > 1:
        notes.append("Ce courriel porte plusieurs expéditeurs ; le premier est retenu.")
    if not head.has("date"):
        notes.append("Ce courriel n’a pas de date d’envoi.")
    elif read_date(head.text("date")) is None:
        notes.append("L’en-tête Date est illisible.")
    if head.stray_lines:
        notes.append("L’en-tête contient des lignes qui n’en sont pas ; elles sont ignorées.")
    if _is_sealed(bodies, text.strip()):
        notes.append("Ce courriel est chiffré ou signé sans texte lisible.")
    return notes


def _is_sealed(bodies: Bodies, text: str) -> bool:
    """Return whether its text is in an encrypted file or block."""
    kinds = {part.type for part in bodies.files}
    has_seal = any(kind.endswith("pkcs7-mime") or kind == "application/pgp-encrypted" for kind in kinds)
    return text.startswith("-----BEGIN PGP MESSAGE-----") or (has_seal and not text)
