import hashlib
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.contract import Arrived, Heard, Noise, Unreadable, Unready
from channels_app.mail import parsing, speaking
from channels_app.mail.follow_ups import followed, returned_id, undelivered
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.parsing import MailFile, Understood
from channels_app.mail.parsing.sandbox import understand_safely
from channels_app.mail.wholes import whole_mail
from requests_app.lib.html import CLEANER_VERSION, clean_html
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Channel
from requests_app.tickets.said import Said, SaidFile

LONGEST_ADDRESS = 254  # RFC 5321, and what a contact point holds
MOST_MAILBOXES = 50  # of To and Cc: more of them is a mailing, and names no Maison


class Mail:
    """E-mail: raw messages as a mail server hands them over."""

    kind: str = Channel.Kind.MAIL

    def hear(self, arrived: Arrived) -> Heard | Noise:
        """Understand one mail in the sandbox; what machines send back is noise."""
        try:
            raw = whole_mail(arrived.raw, arrived.facts)
            mail = understand_safely(raw)
        except parsing.Unreadable as error:
            raise Unreadable(str(error)) from error
        facts = facts_of(mail)
        if mail.is_bounce and (ours := returned_id(mail)):
            learn = partial(undelivered, ours, raw, arrived.received_at)
            return Noise(_("Avis de non-remise d’un de nos messages."), facts, learn)
        if reason := _noise(mail):
            return Noise(reason, facts)
        return Heard(_said(mail, arrived, facts), _meaning(mail, arrived), facts)

    def speak(self, outgoing: Outgoing) -> str:
        """Write the message and hand it to the sending server; a bounce comes back to the demand."""
        bounces_to = outgoing.payload.get("reply_to") or speaking.our_address()
        try:
            mail = speaking.written(outgoing)
        except OSError as error:
            raise Unready(_("une pièce jointe ne peut pas être lue")) from error
        return speaking.hand_over(mail, envelope_from=bounces_to, message_id=outgoing.message_id)

    def was_accepted(self, outgoing: Outgoing) -> bool | None:
        return speaking.was_accepted(outgoing.message_id)


def facts_of(mail: Understood) -> dict[str, Any]:
    """What staff and the export are told of a mail beside its words."""
    return {
        "message_id": mail.message_id,
        "from": mail.from_address,
        "from_name": mail.from_name,
        "reply_to": mail.reply_to,
        "references": list(mail.references),
        "sent_at": mail.sent_at.isoformat() if mail.sent_at else None,
        "auto": mail.is_auto,
        "bounce": mail.is_bounce,
        "list": mail.is_list,
        "spam": mail.is_spam_marked,
        "no_ack": mail.no_ack,
        "no_ack_reason": mail.no_ack_reason,
        "bounce_of": mail.bounce_original_message_id,
        "bounce_recipient": mail.bounce_recipient,
        "authentication": mail.authentication,
    }


def _noise(mail: Understood) -> str:
    """Why nobody needs to read it; lists and spam are read."""
    if mail.is_bounce:
        return _("Avis de non-remise, sans lien avec un envoi connu.")
    if mail.is_auto and not mail.is_list:
        return _("Réponse automatique, sans lien avec un envoi connu.")
    return ""


def _said(mail: Understood, arrived: Arrived, facts: dict[str, Any]) -> Said:
    sender = _sender(mail)
    return Said(
        channel=Channel.Kind.MAIL,
        occurred_at=arrived.received_at,  # a mail's own date is only a claim
        subject=mail.subject,
        text=mail.text,
        reply_text=mail.reply_text,
        html=clean_html(mail.html),
        html_version=CLEANER_VERSION,
        sender_kind=ContactPoint.Kind.EMAIL if sender else "",
        sender_value=sender,
        sender_name=mail.from_name or ("" if sender else _("Expéditeur inconnu")),
        follows=followed(mail, arrived.address),
        mailboxes=_mailboxes(mail, arrived.address),
        files=tuple(_file(file) for file in mail.files),
        facts=facts,
        remarks=mail.notes,
    )


def _sender(mail: Understood) -> str:
    """The contact point it came from; none when unusable, or when it claims to be ourselves."""
    address = mail.from_address or ""
    is_ours = address.endswith(f"@{settings.MAIL_DOMAIN}")
    return "" if is_ours or len(address) > LONGEST_ADDRESS else address


def _mailboxes(mail: Understood, address: str) -> tuple[str, ...]:
    """The mailbox written to when it is a Maison's; else those of the header that are."""
    mailboxes.refresh_when_old()
    if mailboxes.is_a_maisons(address):
        return (address,)
    named = dict.fromkeys((*mail.to, *mail.delivered_to))
    return tuple(box for box in list(named)[:MOST_MAILBOXES] if mailboxes.is_a_maisons(box))


def _file(file: MailFile) -> SaidFile:
    return SaidFile(
        name=file.name,
        declared_type=file.declared_type,
        data=file.data,
        content_id=file.content_id,
        is_inline=file.is_inline,
        word=file.word,
    )


def _meaning(mail: Understood, arrived: Arrived) -> str:
    """The same mail by another way has the same meaning (I3); a Message-ID alone never suffices."""
    if not mail.message_id:
        return ""
    parts = (arrived.address.lower(), mail.message_id, mail.from_address or "", mail.subject)
    words = "\n".join((*parts, " ".join(mail.text.split())))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
