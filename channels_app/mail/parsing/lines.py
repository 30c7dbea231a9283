"""What the readers of quotes share: how much of a line is looked at, its dates, and its marks."""

import re

MAX_LINE = 500  # signs of a line that are looked at
DECORATION = " \t*_>|"
CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}|年")


def is_quoted(line: str) -> bool:
    """A line that the mail program marked as quoted."""
    return line[:8].lstrip(" \t").startswith(">")
