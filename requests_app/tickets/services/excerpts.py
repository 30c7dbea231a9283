"""The first words of a message, as lists show them."""

EXCERPT = 200


def excerpt_of(words: str) -> str:
    """Return the beginning of a text, on one line."""
    return " ".join(words[: EXCERPT * 4].split())[:EXCERPT]
