"""A real telephone exchange on this machine, and the real client: what it has is the truth."""

import threading
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from twilio.request_validator import RequestValidator

from channels_app.delivery import services as delivery
from channels_app.demo.post_office.shelf import Shelf
from channels_app.demo.post_office.smtp import Trouble
from channels_app.demo.post_office.web import serving
from channels_app.demo.telephone import Exchange, Subscriber, Telephone
from channels_app.demo.telephone.exchange import OUT
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.sms.provider import accounts
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue

SID, TOKEN, OURS = f"AC{'0' * 32}", "0123456789abcdef0123456789abcdef", "+33937000000"
AMINA = "+33639981234"
NO_DELAY = timedelta()


@pytest.fixture(autouse=True)
def twilio_account(settings):
    """An account whose server is nowhere, until a test opens the telephone."""
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = SID, TOKEN
    settings.TWILIO_FROM, settings.TWILIO_API_BASE = OURS, "http://127.0.0.1:9"
    settings.PUBLIC_URL = "https://gru.exemple.fr"


@pytest.fixture
def telephone(tmp_path, settings, monkeypatch):
    """The exchange on a free port; `telephone.sent` is what it accepted, oldest first."""
    monkeypatch.setattr("channels_app.sms.provider.accounts.TIMEOUT_S", 1.0)
    monkeypatch.setattr("channels_app.demo.telephone.desk.HANGS_FOR_S", 2)
    exchange = Exchange(tmp_path / "texts.jsonl")
    place = Telephone(exchange, Subscriber(SID, TOKEN, OURS, settings.PUBLIC_URL))
    web = serving(Shelf(tmp_path / "mails.jsonl"), Trouble(), host="127.0.0.1", port=0, telephone=place)
    threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True).start()
    settings.TWILIO_API_BASE = place.url = f"http://127.0.0.1:{web.server_port}"
    accounts.client_of.cache_clear()
    yield place
    place.caller.lines.shutdown(wait=True, cancel_futures=True)
    web.shutdown()
    web.server_close()


def sent(telephone):
    """What was accepted for citizens, oldest first."""
    return [text for text in reversed(telephone.exchange.newest_first()) if text.direction == OUT]


@pytest.fixture
def to_send(db):
    """An SMS in the outbox, due now."""

    def make(key="1", recipient=AMINA, text="Bonjour", kind="acknowledgment", at=None, **fields):
        message = Message(
            key=f"{kind}:{key}:{recipient}:sms",
            kind=kind,
            channel="sms",
            recipient=recipient,
            message_id=f"gru.sms.{key}.{recipient[1:]}@demande.invalid",
            payload={"text": text},
            **fields,
        )
        return queue(message, at=at or timezone.now())[0]

    return make


def send(outgoing, at=None):
    return delivery.send(outgoing_id=outgoing.pk, at=at or timezone.now())


def sweep(**later):
    delivery.sweep(at=timezone.now() + timedelta(**later))


def fresh(outgoing):
    return Outgoing.objects.get(pk=outgoing.pk)


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
def hear(territory):
    """An SMS through the storage and a worker: `hear("Bonjour")` gives its arrival."""
    ranks = iter(range(1000))

    def heard(body="Bonjour", *, sender=AMINA, at=None, **more):
        at, sid = at or timezone.now(), f"SM{next(ranks)}"
        raw = form(body, sender=sender, sid=sid, **more)
        kept = intake.keep(channel="sms", address=OURS, raw=raw, source="test", at=at, key=sid)
        intake.hear(arrival_id=kept.arrival_id, at=at)
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
