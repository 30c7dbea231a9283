"""Plots rendered by the server: one function per shape, called for a wide and a narrow page.

So text stays the same size. Each has a title and a description; the values follow it in a table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from requests_app.lib import french

WIDTHS = ((600, "wide-only"), (330, "only-narrow"))
TOP, HEIGHT, LEFT = 14, 250, 34
FLOOR = HEIGHT - 30


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a plot; the first has an area under it."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar, with the words after it."""

    label: str
    value: float
    words: str
    is_late: bool = False


def curves(name: str, title: str, described: str, days: Sequence[date], lines: Sequence[Curve]) -> SafeString:
    """Draw two curves over days, once for each width."""
    return both(name, title, described, HEIGHT, lambda width: _curves(width, days, lines))


def bars(
    name: str, title: str, described: str, rows: Sequence[Bar], *, goal: tuple[float, str] | None = None
) -> SafeString:
    """Draw horizontal bars, with a mark where a goal is."""
    pitch = 36 if any(len(row.label) > 20 for row in rows) else 31  # long labels take two lines
    height = 34 + pitch * len(rows)
    return both(name, title, described, height, lambda width: _bars(width, height, rows, goal, pitch))


def both(name: str, title: str, described: str, height: int, draw: Callable[[int], str]) -> SafeString:
    """Draw for a wide page and for a narrow one, under a title and a description."""
    written = []
    for width, css in WIDTHS:
        ids = f"{name}t{width}", f"{name}d{width}"
        written.append(
            f'<svg class="plot {css}" viewBox="0 0 {width} {height}" role="img" '
            f'aria-labelledby="{ids[0]} {ids[1]}"><title id="{ids[0]}">{escape(title)}</title>'
            f'<desc id="{ids[1]}">{escape(described)}</desc>{draw(width)}</svg>'
        )
    return mark_safe("\n".join(written))  # noqa: S308 - numbers of ours, words escaped


def _curves(width: int, days: Sequence[date], lines: Sequence[Curve]) -> str:
    right = width - 82
    top = _round_up(max([v for line in lines for v in line.values], default=0))
    step = (right - LEFT) / max(1, len(days) - 1)

    def x(rank: int) -> float:
        return LEFT + rank * step

    def y(value: float) -> float:
        return FLOOR - value / top * (FLOOR - TOP)

    written = [_rule(LEFT, right, y(top * n / 3), french.number(round(top * n / 3))) for n in range(4)]
    written += [_day_mark(x(rank), days[rank]) for rank in _choose_mondays(days, 3 if width > 400 else 2)]
    for rank, line in enumerate(lines, start=1):
        points = [f"{x(n):.1f},{y(value):.1f}" for n, value in enumerate(line.values)]
        if rank == 1 and points:
            around = " L".join([*points, f"{x(len(points) - 1):.1f},{FLOOR}", f"{LEFT},{FLOOR}"])
            written.append(f'<path class="area" d="M{around} Z"/>')
        written.append(f'<polyline class="l-{rank}" points="{" ".join(points)}"/>')
    return "".join([*written, *_names(lines, right, y)])


def _names(lines: Sequence[Curve], right: float, y: Callable[[float], float]) -> list[str]:
    """Write the name at the end of each curve; never one over the other."""
    ends = [(y(line.values[-1]) if line.values else FLOOR) for line in lines]
    if len(ends) == 2 and abs(ends[0] - ends[1]) < 18:
        low = 0 if ends[0] >= ends[1] else 1
        middle = sum(ends) / 2
        ends[low], ends[1 - low] = min(middle + 9, FLOOR), min(middle + 9, FLOOR) - 18
    return [
        f'<text class="t-{rank}" x="{right + 8}" y="{at + 4:.1f}">{escape(line.name)}</text>'
        for rank, (line, at) in enumerate(zip(lines, ends, strict=True), start=1)
    ]


def _rule(left: float, right: float, at: float, words: str) -> str:
    css = "base" if at >= FLOOR else "grid"
    return (
        f'<line class="{css}" x1="{left}" x2="{right}" y1="{at:.1f}" y2="{at:.1f}"/>'
        f'<text x="{left - 8}" y="{at + 4.5:.1f}" text-anchor="end">{words}</text>'
    )


def _choose_mondays(days: Sequence[date], most: int) -> list[int]:
    """Return the indexes of a few Mondays, spread over the days."""
    mondays = [rank for rank, day in enumerate(days) if day.weekday() == 0] or list(range(len(days)))
    step = max(1, -(-len(mondays) // (most + 1)))
    return mondays[::step]


def _day_mark(at: float, day: date) -> str:
    anchor = "start" if at <= LEFT + 1 else "middle"
    words = escape(french.short_day(day))
    return (
        f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{FLOOR}"/>'
        f'<text x="{at:.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">{words}</text>'
    )


def _bars(width: int, height: int, rows: Sequence[Bar], goal: tuple[float, str] | None, pitch: int) -> str:
    left = min(max([len(row.label) for row in rows], default=0) * 7 + 16, int(width * 0.42))
    words = max([len(row.words) for row in rows], default=0) * 7 + 16
    longest = max([row.value for row in rows] + ([goal[0]] if goal else []), default=0) or 1
    scale = max(20, width - left - words) / longest
    written = [f'<line class="base" x1="{left}" x2="{left}" y1="22" y2="{height - 10}"/>']
    for rank, row in enumerate(rows):
        at, long = 29.6 + rank * pitch, row.value * scale
        css = "b-late" if row.is_late else "b-1"
        written.append(
            f"{_label(row.label, left, at)}"
            f'<rect class="{css}" x="{left}" y="{at:.1f}" width="{long:.1f}" height="16" rx="3"/>'
            f'<text x="{left + long + 8:.1f}" y="{at + 12.5:.1f}">{escape(row.words)}</text>'
        )
    return "".join([*written, _goal(left + goal[0] * scale, height, goal[1]) if goal else ""])


def _label(words: str, left: int, at: float) -> str:
    """Write the label before its bar, on two lines when it is long."""
    lines = wrap(words, max(10, (left - 14) // 7))
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]}…"]
    top = at + (12.5 if len(lines) == 1 else 5.5)
    return "".join(
        f'<text class="t-strong" x="{left - 10}" y="{top + 14 * rank:.1f}" text-anchor="end">'
        f"{escape(line)}</text>"
        for rank, line in enumerate(lines)
    )


def _goal(at: float, height: int, words: str) -> str:
    return (
        f'<line class="goal" x1="{at:.1f}" x2="{at:.1f}" y1="22" y2="{height - 10}"/>'
        f'<text x="{at:.1f}" y="14" text-anchor="middle">{escape(words)}</text>'
    )


def _round_up(value: int) -> int:
    """Return an upper bound that three steps divide into round numbers."""
    for top in (3, 6, 9, 15, 30, 60, 90, 120, 150, 180, 240, 300, 450, 600, 900, 1200, 1500, 2100, 3000):
        if value <= top:
            return top
    return -(-value // 3000) * 3000
