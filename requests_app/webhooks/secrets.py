"""The secrets that sign our pushes (Standard Webhooks), encrypted like the keys of second factors."""

import secrets
from base64 import b64encode, urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

from requests_app.webhooks.models import Subscription

PREFIX = "whsec_"
BOTH_VALID_FOR = timedelta(hours=24)


def new_secret() -> str:
    """Make a secret of 256 bits (the standard asks for 192 to 512)."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def seal(secret: str) -> str:
    """Encrypt it: a stolen copy of the database signs nothing."""
    return _safe().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt it, or return "" once the server's secret has changed."""
    try:
        return _safe().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def valid_secrets(subscription: Subscription, at: datetime) -> list[str]:
    """Return those that sign now: the present one first, then the old one for a day."""
    sealed = [subscription.secret]
    if subscription.old_secret_until and subscription.old_secret_until > at:
        sealed.append(subscription.old_secret)
    return [secret for each in sealed if (secret := unseal(each))]


def sign(keys: list[str], *, event_id: str, at: datetime, body: str) -> str:
    """Return the header ``webhook-signature``: one signature per valid secret."""
    return " ".join(Webhook(key).sign(event_id, at, body) for key in keys)


def _safe() -> Fernet:
    secret = salted_hmac("gru.webhooks.secrets", "key", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(secret))
