"""SMS as Twilio brings them, signed; through the storage and a worker."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from twilio.request_validator import RequestValidator

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival

SID, TOKEN, OURS = f"AC{'0' * 32}", "0123456789abcdef0123456789abcdef", "+33937000000"
AMINA = "+33639981234"


@pytest.fixture(autouse=True)
def twilio_account(settings):
    """An account whose server is nowhere, until a test opens the telephone."""
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = SID, TOKEN
    settings.TWILIO_FROM, settings.TWILIO_API_BASE = OURS, "http://127.0.0.1:9"
    settings.PUBLIC_URL = "https://gru.exemple.fr"


def form(body="Bonjour", *, sender=AMINA, sid="SM1", **more):
    """The bytes of a call, as Twilio writes them."""
    fields = {
        "MessageSid": sid,
        "From": sender,
        "To": OURS,
        "Body": body,
        "NumMedia": "0",
        "NumSegments": "1",
    }
    return urlencode({**fields, **more}).encode()


@pytest.fixture
def receive_message(territory):
    """An SMS through the storage and a worker: `receive_message("Bonjour")` gives its arrival."""
    ranks = iter(range(1000))

    def heard(body="Bonjour", *, sender=AMINA, at=None, **more):
        at, sid = at or timezone.now(), f"SM{next(ranks)}"
        raw = form(body, sender=sender, sid=sid, **more)
        kept = intake.store_unqueued(channel="sms", address=OURS, raw=raw, source="test", at=at, key=sid)
        intake.process(arrival_id=kept.arrival_id, at=at)
        return Arrival.objects.select_related("touchpoint__ticket").get(pk=kept.arrival_id)

    return heard


@pytest.fixture
def call(client, settings):
    """A signed call to a door; `call("inbound", Body="…")`, `signature` to give another one."""

    def post(door, *, query="", signature=None, token=TOKEN, **fields):
        path = reverse(f"sms:{door}") + query
        signed = RequestValidator(token).compute_signature(f"{settings.PUBLIC_URL}{path}", fields)
        return client.post(
            path,
            urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signed if signature is None else signature},
        )

    return post
