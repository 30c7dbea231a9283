"""The mail to the contact of a subscription that we stopped pushing to."""

import secrets
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.channels.ways_out import channel_for
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.people.models import ContactPoint
from requests_app.webhooks.models import Subscription

KIND = Outgoing.Kind.NOTICE


def mail_pause(subscription: Subscription, *, error: str, at: datetime) -> None:
    """Tell the contact once per pause, in its transaction."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Vos évènements sont en pause")
        text = render_to_string("messages/webhook_paused.txt", _words(subscription, error, at))
    message = Message(
        key=f"{KIND}:webhook-{subscription.pk}-{int(at.timestamp())}:mail",
        kind=KIND,
        channel=channel_for(ContactPoint.Kind.EMAIL),
        recipient=subscription.contact,
        message_id=f"gru.webhook.{secrets.token_hex(16)}@{settings.MAIL_DOMAIN}",
        payload={"sender": settings.AUTHORITY_NAME, "subject": subject, "text": text.strip() + "\n"},
    )
    queue(message, at=at)


def _words(subscription: Subscription, error: str, at: datetime) -> dict[str, object]:
    return {
        "name": subscription.name,
        "url": subscription.url.partition("?")[0],
        "at": at,
        "error": error,
        "authority": settings.AUTHORITY_NAME,
    }
