"""Authentic calls of providers that say anything: taken in or refused, never an error of ours (F08)."""

import base64
import hashlib
import hmac
import json
import random
import secrets
import time
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from twilio.request_validator import RequestValidator

from channels_app.intake.models import Arrival
from channels_app.intake.services import process, reconcile

pytestmark = pytest.mark.django_db
TOKEN, PUBLIC, TRIES = "0" * 32, "https://gru.exemple.fr", 60
FINE = {200, 400, 403, 503}
ODD: list[object] = [
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "\x00",
    "é" * 2000,
    "\U0010ffff",
    "<>",
    "a@b",
    "+33639981234",
    [],
    {},
    [[]],
]
ODD += [
    {"a": [None]},
    "2026-02-30T25:61:00",
    "=?utf-8?q?=ff?=",
    "SM" + "0" * 32,
    "../../x",
    "delivered",
    "9" * 400,
]
SMS = "MessageSid From To Body NumMedia NumSegments MediaUrl0 DateSent OptOutType"
STATUS = "MessageSid MessageStatus ErrorCode SmsStatus To From"
POSTMARK = (
    "RawEmail From FromFull To ToFull OriginalRecipient Subject TextBody HtmlBody Headers Attachments Date"
)
MAILGUN = "recipient sender from subject body-mime body-plain message-headers attachments"


@pytest.fixture
def keys(settings, territory):
    settings.PUBLIC_URL, settings.TWILIO_AUTH_TOKEN = PUBLIC, TOKEN
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_FROM = f"AC{'0' * 32}", "+33937000000"
    settings.TWILIO_API_BASE = "http://127.0.0.1:9"
    settings.WEBHOOKS = {"postmark": "nom:clef", "mailgun": "clef"}


def filled(names, dice):
    return {name: dice.choice(ODD) for name in names.split() if dice.random() < 0.8}


def twilio(client, path, fields):
    fields = {name: str(value) for name, value in fields.items()}
    signed = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{path}", fields)
    kind = "application/x-www-form-urlencoded"
    return client.post(path, urlencode(fields), content_type=kind, headers={"X-Twilio-Signature": signed})


def postmark(client, fields):
    key = base64.b64encode(b"nom:clef").decode()
    said = json.dumps(fields), "application/json"
    return client.post(
        "/entree/mail/postmark/", said[0], content_type=said[1], headers={"Authorization": f"Basic {key}"}
    )


def mailgun(client, fields):
    at, token = str(int(time.time())), secrets.token_hex(25)
    seal = hmac.new(b"clef", f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    sent = {name: str(value) for name, value in fields.items()}
    return client.post("/entree/mail/mailgun/", {**sent, "timestamp": at, "token": token, "signature": seal})


@pytest.mark.parametrize(
    ("names", "call"),
    [
        (SMS, lambda client, fields: twilio(client, "/entree/sms/twilio/", fields)),
        (STATUS, lambda client, fields: twilio(client, "/entree/sms/twilio/statut/?envoi=7", fields)),
        (POSTMARK, postmark),
        (MAILGUN, mailgun),
    ],
    ids=["sms", "status", "postmark", "mailgun"],
)
def test_F08_an_odd_call_is_kept_or_refused_and_what_is_kept_is_never_lost(client, keys, names, call):
    dice = random.Random(5)
    for _ in range(TRIES):
        fields = filled(names, dice)
        assert call(client, fields).status_code in FINE, fields
    for pk in Arrival.objects.filter(state="pending").values_list("pk", flat=True):
        for _ in range(3):
            process(arrival_id=pk, at=timezone.now())
    assert not Arrival.objects.filter(state="pending").exists()
    assert reconcile(at=timezone.now()).gap == 0
