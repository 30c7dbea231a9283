"""A real telephone exchange on this machine, and the real client: what it has is the truth."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.sms.provider import accounts
from channels_app.sms.tests.conftest import AMINA, OURS, SID, TOKEN, call, form, twilio_account
from gru.demo.post_office.shelf import Shelf
from gru.demo.post_office.smtp import Trouble
from gru.demo.post_office.web import serving
from gru.demo.telephone import Exchange, Subscriber, Telephone
from gru.demo.telephone.exchange import OUT
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue

__all__ = ["AMINA", "OURS", "SID", "TOKEN", "call", "form", "twilio_account"]


@pytest.fixture
def telephone(tmp_path, settings, monkeypatch):
    """The exchange on a free port; `telephone.sent` is what it accepted, oldest first."""
    monkeypatch.setattr("channels_app.sms.provider.accounts.TIMEOUT_S", 1.0)
    monkeypatch.setattr("gru.demo.telephone.desk.HANGS_FOR_S", 2)
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
