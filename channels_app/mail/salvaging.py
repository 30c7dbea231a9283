"""A mail that became no ticket, read as far as possible: its text, its files, and itself as a file."""

from contextlib import suppress

from django.utils.translation import gettext as _

from channels_app.contract import RawMessage
from channels_app.mail import parsing
from channels_app.mail.key import KEY
from channels_app.mail.parsing.sandbox import CRASHED, TOO_SLOW, understand_safely
from channels_app.mail.wholes import whole_mail
from requests_app.people.models import ContactPoint
from requests_app.tickets.inbound import InboundMessage, SaidFile

PATIENCE_S = 5  # someone waits for the page
BEGINNINGS, BRIEF_S = (16_384, 4_096), 1.0  # bytes and seconds spent for the first words of a list row
MAX_ADDRESS_LENGTH = 254


def header_only(arrived: RawMessage) -> InboundMessage:
    """Return what the header of a mail says, without its body."""
    sender, subject = parsing.glimpse(_whole(arrived))
    address = sender if sender and len(sender) <= MAX_ADDRESS_LENGTH else ""
    return InboundMessage(
        channel=KEY,
        occurred_at=arrived.received_at,
        subject=subject,
        text="",
        sender_kind=ContactPoint.Kind.EMAIL if address else "",
        sender_value=address,
        sender_name="" if address else _("Expéditeur inconnu"),
        is_sender_sure=False,
    )


def first_words(raw: bytes, why: str) -> str:
    """Return the first words of a mail, unless parsing it was refused for its time."""
    for size in () if why in (TOO_SLOW, CRASHED) else BEGINNINGS:
        with suppress(parsing.Unreadable):
            return understand_safely(raw[:size], seconds=BRIEF_S).reply_text
    return ""


def as_file(arrived: RawMessage) -> tuple[SaidFile, ...]:
    """Return the mail itself, as a file that mail programs open."""
    raw = _whole(arrived)
    name = _("courriel-%(n)s.eml") % {"n": arrived.arrival_id}
    return (SaidFile(name=name, declared_type="message/rfc822", data=raw),) if raw else ()


def _whole(arrived: RawMessage) -> bytes:
    """Return the mail put together, or the bytes as they came when that fails."""
    try:
        return whole_mail(arrived.raw, arrived.facts)
    except parsing.Unreadable:
        return arrived.raw
