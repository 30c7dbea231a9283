"""Words of people inside a sentence of ours, whatever the direction of their writing."""

from unicodedata import bidirectional

_FIRST_STRONG, _POP = "\u2068", "\u2069"  # what <bdi> is in plain text (Unicode UAX 9, isolates)
_RIGHT_TO_LEFT = {"R", "AL"}


def isolate(words: str) -> str:
    """Keep a name written from right to left from turning what follows it; others are left as they are."""
    if not any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in words):
        return words
    return f"{_FIRST_STRONG}{words}{_POP}"
