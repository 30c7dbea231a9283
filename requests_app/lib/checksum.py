"""A short checksum of what a page was made from: another one means that a colleague changed it (W12)."""

import hashlib


def checksum(*values: object) -> str:
    """Return sixteen hexadecimal digits that identify these values and reveal nothing of them."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
