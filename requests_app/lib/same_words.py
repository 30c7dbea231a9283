"""The same words sent again: lines, spaces, accents and capitals are folded anew on each way."""

import re
from unicodedata import normalize

BETWEEN = re.compile(r"[\W_\ufffd]+")


def letters(text: str) -> str:
    """Letters and digits only. A text without any (« 👍 ») stands for itself."""
    return BETWEEN.sub("", normalize("NFKC", text)).casefold() or " ".join(text.split())
