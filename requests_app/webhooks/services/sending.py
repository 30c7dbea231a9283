"""Sign one push and post it."""

import json
from datetime import datetime

from django.utils import timezone

from requests_app.webhooks.models import Subscription
from requests_app.webhooks.posting import Answer, post
from requests_app.webhooks.secrets import sign, valid_secrets
from requests_app.webhooks.services.choosing import Wanted


def body_of(wanted: Wanted) -> str:
    return json.dumps(wanted.content, ensure_ascii=False, separators=(",", ":"))


def send(subscription: Subscription, wanted: Wanted, *, at: datetime) -> Answer:
    """Post one event; its ``webhook-id`` is the event's own, however often it is tried.

    The signature carries the instant at which it leaves: receivers refuse one of another hour.
    """
    body, event_id, leaves_at = body_of(wanted), str(wanted.content["id"]), timezone.now()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "GRU-Webhooks/1",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(leaves_at.timestamp())),
        "webhook-signature": sign(
            valid_secrets(subscription, at), event_id=event_id, at=leaves_at, body=body
        ),
    }
    return post(subscription.url, body=body, headers=headers)
