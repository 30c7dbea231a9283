"""What the provider has and never posted: SMS received while we were down, lost receipts (S02)."""

import logging
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from channels_app.contract import TemporaryFailure
from channels_app.delivery.services import receive_receipt
from channels_app.intake.services import filter_stored, store
from channels_app.sms.key import KEY
from channels_app.sms.statuses import read_parts
from requests_app.outbox.models import Outgoing

logger = logging.getLogger(__name__)

LOOKS_BACK = timedelta(hours=72)
MAX_LISTED, MAX_ASKED = 5_000, 300
EVERY = timedelta(minutes=6)  # slightly more than the five minutes between two passes
# The status of an SMS still « sent » at these ages is fetched; a receipt seldom takes longer.
ASKED_AT = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))


def poll(*, at: datetime) -> int:
    """Store missing SMS, fetch overdue statuses; returns how many SMS were missing."""
    from channels_app.sms import provider

    account = provider.account()
    if account is None:
        return 0
    try:
        missing = _take_in(provider.listed_since(account, at - LOOKS_BACK, MAX_LISTED), at)
        for sid in _hanging(at):
            word, code = provider.status_of(account, sid)
            if news := read_parts(sid, word, code):
                receive_receipt(news, at=at)
    except TemporaryFailure as error:
        logger.warning("sms: not polled (%s)", error)
        return 0
    return missing


def _take_in(listed: list[Any], at: datetime) -> int:
    known = filter_stored(channel=KEY, keys=[message.sid for message in listed])
    missing = [message for message in listed if message.sid not in known]
    for message in reversed(missing):  # oldest first, as they were sent
        store(
            channel=KEY,
            address=message.to or "",
            raw=_as_a_call(message),
            source="poll:twilio",
            at=at,
            key=message.sid,
        )
    if missing:
        logger.warning("sms: %s messages had not been brought to us", len(missing))
    return len(missing)


def _as_a_call(message: Any) -> bytes:
    """Return the form of the call that never came, with the time the provider received it."""
    fields = {
        "MessageSid": message.sid,
        "AccountSid": message.account_sid,
        "From": message.from_ or "",
        "To": message.to or "",
        "Body": message.body or "",
        "NumSegments": message.num_segments or "1",
        "NumMedia": message.num_media or "0",
        "SmsStatus": "received",
        "ApiVersion": message.api_version or "",
        "DateSent": message.date_sent.isoformat() if message.date_sent else "",
    }
    return urlencode(fields).encode()


def _hanging(at: datetime) -> list[str]:
    """Return the ids of what stays « sent »: each is fetched a few times, at growing ages."""
    ages = Q()
    for age in ASKED_AT:
        ages |= Q(sent_at__gt=at - age - EVERY, sent_at__lte=at - age)
    sent = Outgoing.objects.filter(ages, channel=KEY, state=Outgoing.State.SENT)
    ids = sent.exclude(provider_id="").order_by("sent_at").values_list("provider_id", flat=True)
    return list(ids[:MAX_ASKED])
