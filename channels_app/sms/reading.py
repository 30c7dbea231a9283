"""Parses one SMS."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from channels_app.contract import RawMessage, Unreadable
from channels_app.sms.door.signatures import Fields, fields_of
from requests_app.lib import phones
from requests_app.lib.instants import read_instant

MAX_SENDER_LENGTH = 40
MAX_MEDIA = 10  # Twilio's own limit
MESSAGE_ID = re.compile(r"(?:SM|MM)[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Sms:
    """``number`` is E.164, "" for a name or a short code; ``provider_says`` is its command."""

    sid: str
    sender: str
    number: str
    text: str
    sent_at: datetime
    media: int
    segments: int
    provider_says: str

    @property
    def provider_answered(self) -> bool:
        return bool(self.provider_says)


def read(arrived: RawMessage) -> Sms:
    """Parse the form of one call; raises Unreadable."""
    try:
        fields = fields_of(arrived.raw)
    except ValueError as error:
        raise Unreadable(_("Ce n’est pas un SMS tel que Twilio les donne.")) from error
    sender = fields.one("From").strip()[:MAX_SENDER_LENGTH]
    if not sender or "Body" not in fields:
        raise Unreadable(_("Ce SMS n’a pas d’expéditeur, ou pas de texte (From, Body)."))
    return Sms(
        sid=fields.one("MessageSid")[:64],
        sender=sender,
        number=sender if phones.is_number(sender) else "",
        text=_clean(fields.one("Body")),
        sent_at=_sent_at(fields, arrived.received_at),
        media=_count(fields, "NumMedia", MAX_MEDIA),
        segments=_count(fields, "NumSegments", 99),
        provider_says=fields.one("OptOutType")[:20],
    )


def _clean(text: str) -> str:
    """Remove NUL, which PostgreSQL refuses, and replace half a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")


def _sent_at(fields: Fields, received_at: datetime) -> datetime:
    """Return when the provider received it, if fetched later; never after we did (threats: I8)."""
    known = read_instant(fields.one("DateSent"))
    return min(known, received_at) if known else received_at


def _count(fields: Fields, name: str, most: int) -> int:
    figure = fields.one(name)
    return min(int(figure), most) if figure.isdecimal() and len(figure) < 6 else 0
