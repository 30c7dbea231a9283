"""A raw arrival as it can be looked at without harm: plain text, the first 64 kB, no hidden sign."""

import unicodedata

from channels_app.contract import Glance, GlancedFile

SHOWN = 64 * 1024
KEPT = {"\n", "\t"}


def as_text(raw: bytes) -> str:
    """Decode what can be, and draw a square where a control or bidi sign stood."""
    return inert(raw[:SHOWN].decode("utf-8", errors="replace"))


def inert(text: str) -> str:
    """Return the same text, with a square where a sign would hide, turn or move the others."""
    text = text.replace("\r\n", "\n")
    return "".join(sign if sign in KEPT or not _is_hidden(sign) else "\N{WHITE SQUARE}" for sign in text)


def shown_safely(glance: Glance) -> Glance:
    """Return the same words of a channel, inert."""
    return Glance(
        lines=tuple((word, inert(value)) for word, value in glance.lines),
        text=inert(glance.text),
        files=tuple(GlancedFile(inert(f.name), inert(f.declared_type), f.size) for f in glance.files),
        note=glance.note,
    )


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
