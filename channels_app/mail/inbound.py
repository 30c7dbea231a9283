from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from channels_app.contract import WORDS, Ignored, Inbound, Parsed, Preview, RawMessage, Slow, Unreadable
from channels_app.mail import parsing, salvaging
from channels_app.mail.authentication import is_proved
from channels_app.mail.controls import controls_of
from channels_app.mail.filters import Letter, run_filters
from channels_app.mail.first_tries import first_try
from channels_app.mail.glancing import glance
from channels_app.mail.key import KEY
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.meaning import MAX_MAILBOXES, meaning_of, siblings_of
from channels_app.mail.oversize import TOO_BIG
from channels_app.mail.oversize_notice import ask_for_less
from channels_app.mail.parsing import MailFile, Understood
from channels_app.mail.parsing.sandbox import understand_safely
from channels_app.mail.wholes import whole_mail
from requests_app.lib.html import CLEANER_VERSION, clean_html
from requests_app.people.models import ContactPoint
from requests_app.people.written_names import is_written_name
from requests_app.tickets.inbound import InboundMessage, SaidFile
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts

MAX_ADDRESS_LENGTH = 254  # RFC 5321, and what a contact point holds


class MailInbound(Inbound):
    """E-mail: raw messages as a mail server hands them over."""

    def parse(self, arrived: RawMessage) -> Parsed | Ignored:
        """Understand one mail in the sandbox; what machines send back is noise."""
        try:
            raw = whole_mail(arrived.raw, arrived.facts)
            mail = _parse_bounded(raw, is_slow=arrived.is_slow)
        except parsing.Unreadable as error:
            apology = partial(_apologise, arrived) if TOO_BIG in arrived.facts else None
            sender, _subject = parsing.glimpse(arrived.raw)
            words = salvaging.first_words(arrived.raw, str(error))
            raise Unreadable(str(error), {"from": sender, WORDS: words}, apology) from error
        letter = run_filters(_letter(mail, arrived))
        log = controls_of(mail.authentication, letter.crossed)
        facts: TouchpointFacts = {**facts_of(mail), "why": letter.why, "log": log}
        if letter.noise:
            return Ignored(letter.noise, {**facts, WORDS: mail.reply_text or mail.text}, letter.teaches)
        meaning, siblings = meaning_of(mail, arrived.address), siblings_of(mail, arrived.address)
        said = replace(_inbound_message(letter, facts), is_for_several=bool(siblings))
        return Parsed(said, meaning, {**facts}, siblings=siblings)

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Read a mail that became no ticket: it joins nothing, and nobody is taken for granted."""
        brief = salvaging.header_only(arrived)
        if is_brief:
            return brief
        itself = salvaging.as_file(arrived)
        try:
            raw = whole_mail(arrived.raw, arrived.facts)
            mail = understand_safely(raw, seconds=salvaging.PATIENCE_S)
        except parsing.Unreadable as error:
            words = salvaging.first_words(arrived.raw, str(error))
            return replace(brief, text=words, files=itself, remarks=(str(error),))
        letter = _letter(mail, arrived)
        letter.is_sender_sure = False
        said = _inbound_message(letter, facts_of(mail))
        return replace(said, files=(*said.files, *itself))

    def export(self) -> Iterator[dict[str, Any]]:
        """Yield every mail, in the shape of product.md."""
        from channels_app.mail.exporting import mails  # it reads mails as this way in does

        return mails()

    def glance(self, arrived: RawMessage) -> Preview:
        return glance(arrived)


def _parse_bounded(raw: bytes, *, is_slow: bool) -> Understood:
    """Read it at once, or say that it takes long: raises Slow the first time, Unreadable the second."""
    if is_slow:
        return understand_safely(raw)
    try:
        mail = understand_safely(raw, cpu_s=first_try.seconds)
    except parsing.TooSlow as error:
        first_try.was_spent()
        raise Slow from error
    first_try.was_enough()
    return mail


def _apologise(arrived: RawMessage) -> None:
    """Tell who sent a mail too large, unless its header says that nobody must answer it."""
    with suppress(parsing.Unreadable):
        letter = run_filters(_letter(understand_safely(arrived.raw), arrived))
        ask_for_less(letter, size=arrived.facts[TOO_BIG], cause=arrived.arrival_id)


def facts_of(mail: Understood) -> TouchpointFacts:
    """Return what staff and the export are told of a mail beside its words."""
    return {
        "message_id": mail.message_id,
        "from": mail.from_address,
        "from_name": mail.from_name,
        "reply_to": mail.reply_to,
        "forwarded_from": mail.forwarded_from[0] or None,
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


def _letter(mail: Understood, arrived: RawMessage) -> Letter:
    address = mail.from_address or ""
    sender = "" if len(address) > MAX_ADDRESS_LENGTH else address
    name = mail.from_name if is_written_name(mail.from_name) else ""
    name = name or ("" if sender else _("Expéditeur inconnu"))
    return Letter(mail, arrived.address, arrived.received_at, sender=sender, sender_name=name)


def _inbound_message(letter: Letter, facts: TouchpointFacts) -> InboundMessage:
    mail = letter.mail
    if letter.why_no_answer:
        facts = {**facts, "no_ack": True, "no_ack_reason": letter.why_no_answer}
    if letter.answer_addresses:
        facts = {**facts, "answer_addresses": letter.answer_addresses}
    return InboundMessage(
        channel=KEY,
        occurred_at=letter.received_at,  # a mail's own date is only a claim
        subject=mail.subject,
        text=mail.text,
        reply_text=mail.reply_text,
        html=clean_html(mail.html),
        html_version=CLEANER_VERSION,
        sender_kind=ContactPoint.Kind.EMAIL if letter.sender else "",
        sender_value=letter.sender,
        sender_name=letter.sender_name,
        is_sender_sure=letter.is_sender_sure,
        follows=letter.follows,
        answers=mail.references,
        is_proved=_is_proved(letter),
        copied=_people_in_copy(mail),
        mailboxes=_mailboxes(mail, letter.address),
        files=tuple(_file(file) for file in mail.files),
        facts=facts,
        remarks=(*mail.notes, *letter.remarks),
        marks=tuple(letter.marks),
    )


def _is_proved(letter: Letter) -> bool:
    """Return whether our server proved the very sender these words are taken to be from."""
    address = letter.mail.from_address or ""
    return letter.sender == address and is_proved(letter.mail.authentication, address)


def _people_in_copy(mail: Understood) -> tuple[tuple[str, str], ...]:
    """Return those in copy who are not ourselves: proposed to the agent, told nothing."""
    return tuple(
        (address, name)
        for address, name in dict(mail.copied).items()
        if address != mail.from_address
        and len(address) <= MAX_ADDRESS_LENGTH
        and not mailboxes.is_ours(address)
    )


def _mailboxes(mail: Understood, address: str) -> tuple[str, ...]:
    """Return the mailbox written to when it is a Maison's; else those of the header that are."""
    mailboxes.refresh_when_old()
    if mailboxes.is_a_maisons(address):
        return (address,)
    named = dict.fromkeys((*mail.to, *mail.delivered_to))
    return tuple(box for box in list(named)[:MAX_MAILBOXES] if mailboxes.is_a_maisons(box))


def _file(file: MailFile) -> SaidFile:
    return SaidFile(
        name=file.name,
        declared_type=file.declared_type,
        data=file.data,
        content_id=file.content_id,
        is_inline=file.is_inline,
        word=file.word,
    )
