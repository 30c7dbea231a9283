"""The first words of a message, as lists show them."""

EXCERPT = 200


def excerpt_of(words: str) -> str:
    """Take the beginning of what was said, on one line."""
    return " ".join(words[: EXCERPT * 4].split())[:EXCERPT]
