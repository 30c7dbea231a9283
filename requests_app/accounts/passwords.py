"""Secrets that people read and type: passwords of a day, backup codes."""

import re
import secrets

from django.utils.crypto import salted_hmac

EASY = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that one takes for a figure
BACKUP_CODES = 10
_BETWEEN = re.compile(r"[\s\-‐-―]+")


def temporary_password() -> str:
    """Given by an administrator, said aloud once, changed at the first sign-in."""
    return _three_words()


def new_backup_codes() -> list[str]:
    return [_three_words() for _ in range(BACKUP_CODES)]


def as_typed(code: str) -> str:
    """Without the spaces, dashes and capitals that people add."""
    return _BETWEEN.sub("", code).lower()


def digest_of(backup_code: str) -> str:
    """Return what is kept of it: 60 bits under the server's secret, nothing to guess in a stolen copy."""
    return salted_hmac("gru.accounts.backup", as_typed(backup_code), algorithm="sha256").hexdigest()


def _three_words() -> str:
    """« k7pd-3xwm-9hqt »: 60 bits, easy to dictate."""
    return "-".join("".join(secrets.choice(EASY) for _ in range(4)) for _ in range(3))
