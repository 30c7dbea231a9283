"""Columns of a distribution, with marks for the median and the ninth decile."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from requests_app.indicators.delays import STEPS
from requests_app.lib import french
from requests_app.www.dashboards.plots import both

TOP, FLOOR, HEIGHT = 62, 220, 250
EDGES = (0.0, *(step / 10 for step in STEPS))
BEYOND = 60.0  # days: where the last column ends (delays.LONG)


@dataclass(frozen=True, slots=True)
class Column:
    """One class of delays: how many answers, and their share in words."""

    label: str
    count: int
    words: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A delay in days to be shown on the columns."""

    at: float
    words: str


def columns(
    name: str, title: str, described: str, rows: Sequence[Column], *, marks: Sequence[Mark]
) -> SafeString:
    """Draw one column per class of delays (delays.spread), once for each width."""
    return both(name, title, described, HEIGHT, lambda width: _columns(width, rows, marks))


def _columns(width: int, rows: Sequence[Column], marks: Sequence[Mark]) -> str:
    step = (width - 8) / len(rows)
    most = max([row.count for row in rows], default=0) or 1
    written = [f'<line class="base" x1="4" x2="{width - 4}" y1="{FLOOR}" y2="{FLOOR}"/>']
    talls = [row.count / most * (FLOOR - TOP) for row in rows]
    lefts = [4 + rank * step for rank in range(len(rows))]
    written += [_column(*each, step) for each in zip(lefts, rows, talls, strict=True)]
    written += [_mark(width, 4 + _rank_of(mark.at) * step, mark, rank) for rank, mark in enumerate(marks)]
    written += [_words(*each, step) for each in zip(lefts, rows, talls, strict=True)]
    return "".join(written)


def _column(left: float, row: Column, tall: float, step: float) -> str:
    gap, css = step * 0.12, "b-late" if row.is_late else "b-1"
    return (
        f'<rect class="{css}" x="{left + gap:.1f}" y="{FLOOR - tall:.1f}" width="{step - 2 * gap:.1f}" '
        f'height="{tall:.1f}" rx="3"/>'
    )


def _words(left: float, row: Column, tall: float, step: float) -> str:
    """Draw the labels above the marks, so that both are readable."""
    middle = left + step / 2
    return (
        f'<text class="t-halo" x="{middle:.1f}" y="{FLOOR - tall - 5:.1f}" text-anchor="middle">'
        f"{escape(row.words)}</text>"
        f'<text class="t-strong" x="{middle:.1f}" y="{FLOOR + 20}" text-anchor="middle">'
        f"{escape(row.label)}</text>"
    )


def _rank_of(days: float) -> float:
    """Return where a delay stands among the columns: in the first, halfway through the second…"""
    ends = [*EDGES[1:], BEYOND]
    for rank, (low, high) in enumerate(zip(EDGES, ends, strict=True)):
        if days < high:
            return rank + (days - low) / (high - low)
    return float(len(ends))


def _mark(width: int, at: float, mark: Mark, rank: int) -> str:
    """Draw a mark; the second one is written lower: both are readable when they are near."""
    y, is_right = 14 + 18 * rank, at > width * 0.7
    words = f"{mark.words} : {french.number(mark.at, 1)} j"
    return (
        f'<line class="goal" x1="{at:.1f}" x2="{at:.1f}" y1="{y - 10}" y2="{FLOOR}"/>'
        f'<text class="t-strong" x="{at + (-6 if is_right else 6):.1f}" y="{y}" '
        f'text-anchor="{"end" if is_right else "start"}">{escape(words)}</text>'
    )
