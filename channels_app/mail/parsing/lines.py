"""What the parsers of quotes share: how much of a line is read, its dates, and its marks."""

import re

MAX_LINE = 500  # characters of a line that are read
DECORATION = " \t*_>|"
CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}|年")


# Direction marks and joiners, which programs put around names in Hebrew, Arabic or Persian.
UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))


def bare(line: str) -> str:
    """Return the part of a line that is read, without marks."""
    line = line[:MAX_LINE]
    return line.strip(DECORATION) if line.isascii() else line.translate(UNSEEN).strip(DECORATION)


def is_quoted(line: str) -> bool:
    """Return whether the mail program marked the line as quoted."""
    return line[:8].lstrip(" \t").startswith(">")
