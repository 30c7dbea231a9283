"""What a mail gives once understood, and how the parser says no."""

from dataclasses import dataclass
from datetime import datetime


class Unreadable(Exception):
    """A mail that must go to quarantine; its text is a French sentence shown to staff."""


class TooSlow(Unreadable):
    """It took more CPU than it was given: with more of it, it may yet be read."""


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
    """All that one raw mail says; texts hold neither NUL nor lone surrogate."""

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
    is_answer: bool  # a machine surely answered a message with it
    report: str  # "receipt" or "abuse": a report that is no bounce
    is_bounce: bool
    is_list: bool
    is_spam_marked: bool
    no_ack: bool
    no_ack_reason: str
    bounce_original_message_id: str
    bounce_recipient: str
    bounce_outcomes: tuple[tuple[str, str], ...]  # recipient, what became of the message there
    authentication: str
    forwarded_from: tuple[str, str]  # address and name of who wrote what is forwarded; "" when unknown
    control_headers: tuple[str, ...]  # fields that would command a ticket software
    notes: tuple[str, ...]
