"""Where a quote begins: each kind of marker line, tried in turn."""

import re

from .announcements import END, announcement, announces
from .header_blocks import header_block
from .lines import DECORATION, MAX_LINE
from .separators import TITLE, separator

GLUED = re.compile(r"(?<=[\w.!?,;)])[ \t]+(?=(?:Le|On|Am) \S{1,12} \d|Le \d|On \w{3}, )")


def split_glued(line: str) -> list[str]:
    """Split « Merci Le lun. 2 mars 2026 à 14:05, X <x@y.fr> a écrit : », joined by a conversion from HTML."""
    if len(line) > MAX_LINE:
        return [line]
    title = TITLE.match(line)
    if title and title.end() < len(line.rstrip()) and separator(title[0]):
        return [title[0], line[title.end() :]]
    if not END.search(line):
        return [line]
    found = GLUED.search(line)
    if found and announces(line[found.end() :], [], 0):
        return [line[: found.start()], line[found.end() :]]
    return [line]


def announces_only(marked: list[str]) -> bool:
    """Return whether marked lines only announce a quote: the quote itself follows without marks."""
    lines = [bare for line in marked if (bare := line.strip(DECORATION))]
    if not lines:
        return False
    return announcement(lines, 0) == len(lines) or header_block(lines, 0) == len(lines)
