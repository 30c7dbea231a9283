"""Recognise the same text sent again, although lines, spaces, accents and capitals changed on the way."""

import re
from unicodedata import normalize

BETWEEN = re.compile(r"[\W_\ufffd]+")


def letters(text: str) -> str:
    """Return letters and digits only. A text without any (« 👍 ») is returned as it is."""
    return BETWEEN.sub("", normalize("NFKC", text)).casefold() or " ".join(text.split())
