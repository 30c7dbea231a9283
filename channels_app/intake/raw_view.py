"""A raw arrival, safe to look at: plain text, the first 64 kB, no hidden character."""

import unicodedata

from channels_app.contract import Preview, PreviewFile

SHOWN = 64 * 1024
KEPT = {"\n", "\t"}


def as_text(raw: bytes) -> str:
    """Decode what can be, and show a square in place of a control or bidi character."""
    return inert(raw[:SHOWN].decode("utf-8", errors="replace"))


def inert(text: str) -> str:
    """Return the same text, with a square in place of each character that would hide or reorder others."""
    text = text.replace("\r\n", "\n")
    return "".join(sign if sign in KEPT or not _is_hidden(sign) else "\N{WHITE SQUARE}" for sign in text)


def shown_safely(glance: Preview) -> Preview:
    """Return a channel's preview with inert texts."""
    return Preview(
        lines=tuple((word, inert(value)) for word, value in glance.lines),
        text=inert(glance.text),
        files=tuple(PreviewFile(inert(f.name), inert(f.declared_type), f.size) for f in glance.files),
        note=glance.note,
    )


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
