"""A plot beside the table of its values."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from requests_app.lib import french

NO_DRAWING = mark_safe("")


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot and its table: ``heads`` and rows of words, the first word of a row names it.

    ``lead`` is read before the plot, ``note`` after; ``urls``: where the last number of each row leads, ""
    when nowhere.
    """

    id: str
    title: str
    svg: SafeString
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_empty: bool = False
    why_empty: str = ""
    lead: str = ""
    note: str = ""
    urls: Sequence[str] = ()

    @property
    def lines(self) -> list[tuple[Sequence[str], str, str]]:
        """Return each row as its first cells, its last value, and where this one leads."""
        urls = self.urls or [""] * len(self.rows)
        return [(row[:-1], row[-1], url) for row, url in zip(self.rows, urls, strict=True)]


MIN_FOR_PERCENT = 20
"""Under it one answer more or less moves a percentage by five points: the numbers are said instead."""


def share(count: int, total: int) -> str:
    """Write « 42 % », or « 3 sur 7 » when so few tell nothing as a percentage."""
    if total < MIN_FOR_PERCENT:
        return _("%(n)s sur %(total)s") % {"n": french.number(count), "total": french.number(total)}
    return f"{round(count / total * 100)} %"


def format_days(value: float | None) -> str:
    """Write « 1,4 j »; a dash when nothing was answered."""
    return "–" if value is None else _("%(n)s j") % {"n": french.number(value, 1)}


def format_minutes(value: int | None) -> str:
    """Write « 13 min »; a dash when nobody was called."""
    return "–" if value is None else _("%(n)s min") % {"n": french.number(value)}
