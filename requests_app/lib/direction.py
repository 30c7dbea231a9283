"""People's words inside a sentence of ours, whatever their writing direction."""

from unicodedata import bidirectional

_FIRST_STRONG, _POP = "\u2068", "\u2069"  # what <bdi> is in plain text (Unicode UAX 9, isolates)
_RIGHT_TO_LEFT = {"R", "AL"}


def isolate(words: str) -> str:
    """Prevent a right-to-left name from reversing what follows it; leave other names unchanged."""
    if not any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in words):
        return words
    return f"{_FIRST_STRONG}{words}{_POP}"
