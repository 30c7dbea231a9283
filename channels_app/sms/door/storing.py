"""One provider id, one SMS: an exact repeat changes nothing, another text under it is stored too (I3)."""

import hashlib
from datetime import datetime

from channels_app.intake import services as intake
from channels_app.intake.models import ArrivalRaw
from channels_app.sms.door.calls import Call
from channels_app.sms.door.signatures import Fields, fields_of
from channels_app.sms.key import KEY
from requests_app.lib.failpoints import failpoint

OTHER_WORDS = "other_words"  # among the facts of the second one: the ticket says so
WORDS = {
    "From": "",
    "To": "",
    "Body": "",
    "NumMedia": "0",
}  # what the person sent; a repeat may have more fields


def store_call(call: Call, *, at: datetime) -> None:
    """Store an SMS; one statement, three for a repeat."""
    failpoint("sms.before_store")
    sid = call.fields.one("MessageSid")
    stored = _store(call, at, key=sid)
    if sid and not stored.is_new:
        _keep_other_words(call, at, sid, first_id=stored.arrival_id)
    failpoint("sms.after_store")


def _keep_other_words(call: Call, at: datetime, sid: str, *, first_id: int) -> None:
    """Store another text under a known id: nothing new that is signed is dropped."""
    first = ArrivalRaw.objects.filter(pk=first_id).first()
    words = _words(call.fields)
    if first is not None and _words(fields_of(first.content)) == words:
        return
    other = hashlib.sha256("\n".join(words).encode("utf-8", "replace")).hexdigest()
    _store(call, at, key=f"{sid} {other}", facts={OTHER_WORDS: True})


def _store(call: Call, at: datetime, *, key: str, facts: dict[str, bool] | None = None) -> intake.Stored:
    return intake.store(
        channel=KEY,
        address=call.fields.one("To"),
        raw=call.body,
        source="webhook:twilio",
        at=at,
        key=key,
        facts=facts,
    )


def _words(fields: Fields) -> tuple[str, ...]:
    """Return the values to compare: the provider's list may trim what its call did not."""
    return tuple(" ".join((fields.one(name) or otherwise).split()) for name, otherwise in WORDS.items())
