"""A raw arrival as it can be looked at without harm: plain text, the first 64 kB, no hidden sign."""

import unicodedata

SHOWN = 64 * 1024
KEPT = {"\n", "\t"}


def as_text(raw: bytes) -> str:
    """Decode what can be, and draw a square where a control or bidi sign stood."""
    text = raw[:SHOWN].decode("utf-8", errors="replace").replace("\r\n", "\n")
    return "".join(sign if sign in KEPT or not _is_hidden(sign) else "\N{WHITE SQUARE}" for sign in text)


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
