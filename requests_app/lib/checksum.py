"""What a page was made from, as a short sum: another one means that a colleague changed it (threats: W12)."""

import hashlib


def checksum(*values: object) -> str:
    """Sixteen figures that name these values and say nothing of them."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
