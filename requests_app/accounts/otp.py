"""Codes of six digits that change every thirty seconds (RFC 6238), and the keys they are made from."""

from base64 import urlsafe_b64encode
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

STEP_S = 30
DRIFT_STEPS = 1  # a phone half a minute early or late is still accepted (RFC 6238, 5.2 and 6)


def new_key() -> str:
    """Make a key of 160 bits in base 32, as long as the hash (RFC 4226, 4)."""
    return pyotp.random_base32()


def group_by_four(key: str) -> str:
    """Write « JBSW Y3DP … », for those who type the key instead of scanning it."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def address_of(key: str, username: str) -> str:
    """Return the URI encoded in the QR code: never in a link, never in a log."""
    return pyotp.TOTP(key).provisioning_uri(name=username, issuer_name=f"GRU {settings.AUTHORITY_NAME}")


def step_of(key: str, code: str, at: datetime) -> int | None:
    """Return the half-minute of this code, at most one away from now; None when the code is wrong."""
    if not (len(code) == 6 and code.isascii() and code.isdecimal()):
        return None
    totp, now = pyotp.TOTP(key), int(at.timestamp()) // STEP_S
    steps = range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1)
    right = [step for step in steps if constant_time_compare(totp.generate_otp(step), code)]
    return max(right, default=None)


def seal(key: str) -> str:
    """Encrypt the key: a stolen copy of the database gives none, since the server's secret is not in it."""
    return _safe().encrypt(key.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt the key, or return "" once the server's secret has changed."""
    try:
        return _safe().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _safe() -> Fernet:
    secret = salted_hmac("gru.accounts.otp", "key", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(secret))
