"""Secrets that people read and type: temporary passwords, backup codes."""

import re
import secrets

from django.utils.crypto import salted_hmac

EASY = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like a digit
BACKUP_CODES = 10
_BETWEEN = re.compile(r"[\s\-‐-―]+")


def temporary_password() -> str:
    """Make a password that an administrator says aloud once, changed at the first sign-in."""
    return _three_words()


def new_backup_codes() -> list[str]:
    return [_three_words() for _ in range(BACKUP_CODES)]


def as_typed(code: str) -> str:
    """Remove the spaces, dashes and capitals that people add."""
    return _BETWEEN.sub("", code).lower()


def digest_of(backup_code: str) -> str:
    """Return what is stored of it: 60 bits under the server's secret, nothing to guess in a stolen copy."""
    return salted_hmac("gru.accounts.backup", as_typed(backup_code), algorithm="sha256").hexdigest()


def _three_words() -> str:
    """Make « k7pd-3xwm-9hqt »: 60 bits, easy to dictate."""
    return "-".join("".join(secrets.choice(EASY) for _ in range(4)) for _ in range(3))
