"""What the readers of quotes share: how much of a line is looked at, and how a quoted line is known."""

MAX_LINE = 500  # signs of a line that are looked at
DECORATION = " \t*_>|"


def is_quoted(line: str) -> bool:
    """A line that the mail program marked as quoted."""
    return line[:8].lstrip(" \t").startswith(">")
