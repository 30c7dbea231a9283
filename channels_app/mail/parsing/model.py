"""The result of parsing a mail, and the parser's errors."""

from dataclasses import dataclass
from datetime import datetime


class Unreadable(Exception):
    """A mail that must go to quarantine; its text is a French sentence shown to staff."""


class TooSlow(Unreadable):
    """It took more CPU than allowed; with more, it may still be parsed."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """One file of a mail; `word` says in French what it is when its name does not."""

    name: str
    declared_type: str
    data: bytes
    content_id: str
    is_inline: bool
    word: str


@dataclass(frozen=True, slots=True)
class Understood:
    """All that one raw mail says; texts contain neither NUL nor lone surrogates."""

    from_address: str | None  # lower case; None when absent or unusable
    from_name: str
    reply_to: str | None
    reply_to_name: str
    to: tuple[str, ...]  # every address of To and Cc
    copied: tuple[tuple[str, str], ...]  # those of Cc: address, name
    delivered_to: tuple[str, ...]
    subject: str
    text: str
    reply_text: str  # without quote and signature; never empty when text is not
    html: str  # as received: clean it before showing it
    files: tuple[MailFile, ...]
    message_id: str  # without <>
    references: tuple[str, ...]
    sent_at: datetime | None
    is_auto: bool  # a machine seems to have written it
    is_answer: bool  # it is surely an automatic reply
    report: str  # "receipt" or "abuse": a report that is not a bounce
    is_bounce: bool
    is_list: bool
    is_spam_marked: bool
    no_ack: bool
    no_ack_reason: str
    bounce_original_message_id: str
    bounce_recipient: str
    bounce_outcomes: tuple[tuple[str, str], ...]  # recipient, outcome of the message there
    authentication: str
    forwarded_from: tuple[str, str]  # address and name of the author of a forwarded mail; "" when unknown
    control_headers: tuple[str, ...]  # fields that would command help desk software
    notes: tuple[str, ...]
