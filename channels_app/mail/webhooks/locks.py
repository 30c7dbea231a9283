"""Who may call: Anymail's checks, which compare in constant time, and what they do not cover."""

from collections.abc import Mapping
from types import SimpleNamespace

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBasicAuthMixin
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from django.http import HttpRequest

from channels_app.mail.models.used_tokens import OLDEST
from channels_app.mail.webhooks.parcels import Forbidden


class _Basic(AnymailBasicAuthMixin):
    esp_name = "any"


def check_basic(request: HttpRequest, secret: str) -> None:
    """Check the user and password; raises Forbidden."""
    _run(_Basic(webhook_secret=[secret]), request)


def check_mailgun(fields: Mapping[str, str], key: str, now: float) -> str:
    """Check the signature and its age, which Anymail does not; returns its token. Raises Forbidden.

    The signature covers a date and a token, no content: the caller must accept each token once.
    """
    called = SimpleNamespace(content_type="multipart/form-data", POST=fields, META={})
    _run(MailgunInboundWebhookView(webhook_signing_key=key, webhook_secret=[]), called)
    signed_at = fields["timestamp"]
    if not signed_at.isdecimal() or abs(now - int(signed_at)) > OLDEST.total_seconds():
        raise Forbidden
    return fields["token"]


def _run(view: AnymailBasicAuthMixin, request: HttpRequest | SimpleNamespace) -> None:
    try:
        view.run_validators(request)
    except (AnymailWebhookValidationFailure, ValueError) as error:  # ValueError: a token that is not ASCII
        raise Forbidden from error
