"""Ids as addresses give them: any words may stand there."""

MAX_DIGITS = 18


def read_id(given: str) -> int:
    """Return the id; 0 for what is no number."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= MAX_DIGITS else 0
