"""The text of a key: 256 random bits, of which only a hash is stored."""

import hashlib
import secrets

PREFIX = "gru_"  # lets the scanners of code forges recognise a key that was published by mistake
RANDOM_BYTES = 32


def new_secret() -> str:
    """Return a new key; it is shown once."""
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def digest_of(secret: str) -> str:
    """Hash a key; one hash is enough for 256 random bits, which nobody can try."""
    return hashlib.sha256(secret.encode()).hexdigest()
