"""The text of a message as paragraphs."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
MAX_LENGTH = 100_000  # characters shown of one message; its full document stays in the raw arrival


def paragraphs(text: str) -> SafeString:
    """Escape a text and preserve its paragraphs and lines; a fifth of the cost of ``linebreaks``."""
    lines = escape(text[:MAX_LENGTH].replace("\r\n", "\n").strip())
    parts = _BLANK_LINES.split(lines) if lines else []
    shown = (f'<p dir="auto">{part}</p>'.replace("\n", "<br>") for part in parts)
    return mark_safe("".join(shown))  # noqa: S308 - escaped
