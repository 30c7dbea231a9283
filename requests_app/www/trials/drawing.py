"""The chart of a Maison: its weeks, the limits of those before, and the line of the start.

Limits are those of individual values (XmR): the mean of the weeks before, and 2.66 times the mean of the
moves from one to the next (Shewhart; Wheeler, 1993). Missing weeks stay missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from django.utils.html import escape
from django.utils.translation import gettext as _

from requests_app.experiments.measures import MEASURES, WeekValue
from requests_app.experiments.models import Trial
from requests_app.experiments.selectors import TrialResult
from requests_app.lib import french
from requests_app.www.dashboards.plot import Plot
from requests_app.www.dashboards.plots import both

TOP, FLOOR, HEIGHT, LEFT, RIGHT = 26, 190, 220, 44, 12
LIMIT = 2.66
DASH = "–"


@dataclass(frozen=True, slots=True)
class Limits:
    low: float
    middle: float
    high: float


def chart(
    trial: Trial, name: str, label: str, values: Mapping[date, WeekValue], mondays: Sequence[date]
) -> Plot:
    """Draw a site's weeks; the table beside it has every number."""
    measure = MEASURES[trial.measure]
    limits = limits_of([values[day].value for day in mondays if day < trial.starts_on and day in values])
    described = _("%(measure)s, semaine par semaine, en %(unit)s ; l’essai commence le %(day)s.") % {
        "measure": measure.label,
        "unit": measure.unit,
        "day": french.day(trial.starts_on),
    }
    svg = both(
        name,
        label,
        described,
        HEIGHT,
        lambda width: _draw(width, mondays, values, limits, trial.starts_on),
    )
    rows = [
        (
            french.short_day(day),
            french.number(values[day].n) if day in values else DASH,
            french.number(values[day].value, 1) if day in values else DASH,
        )
        for day in mondays
    ]
    heads = (_("Semaine du"), _("Nombre"), str(measure.label))
    why = _("Aucune semaine de cinq réponses ou visites.")
    return Plot(name, label, svg, heads, rows, is_empty=not values, why_empty=why)


def limits_of(before: Sequence[float]) -> Limits | None:
    """Return the limits of the weeks before; None with fewer than two."""
    if len(before) < 2:
        return None
    middle = fmean(before)
    reach = LIMIT * fmean(abs(one - other) for one, other in pairwise(before))
    return Limits(middle - reach, middle, middle + reach)


def join_values(result: TrialResult, maison_ids: Sequence[int]) -> dict[date, WeekValue]:
    """Average some Maisons week by week, each weighted by its numbers."""
    joined = {}
    for monday in result.mondays:
        weeks = [result.values[pk, monday] for pk in maison_ids if (pk, monday) in result.values]
        if total := sum(week.n for week in weeks):
            value = sum(week.value * week.n for week in weeks) / total
            joined[monday] = WeekValue(0, monday, value, total)
    return joined


def _draw(
    width: int,
    mondays: Sequence[date],
    values: Mapping[date, WeekValue],
    limits: Limits | None,
    start: date,
) -> str:
    numbers = [week.value for week in values.values()]
    if limits:
        numbers += [limits.low, limits.high]
    low, high = min([*numbers, 0.0]), max([*numbers, 1.0])
    step = (width - LEFT - RIGHT) / max(1, len(mondays) - 1)

    def x(rank: float) -> float:
        return LEFT + rank * step

    def y(value: float) -> float:
        return FLOOR - (value - low) / (high - low) * (FLOOR - TOP)

    drawn = [_rule(width, y(value), french.number(value, 1), css) for value, css in _rules(low, high, limits)]
    drawn += _starts(mondays, start, x)
    run: list[str] = []
    for rank, monday in enumerate(mondays):
        if monday in values:
            run.append(f"{x(rank):.1f},{y(values[monday].value):.1f}")
        if (monday not in values or rank == len(mondays) - 1) and run:
            drawn.append(f'<polyline class="l-1" points="{" ".join(run)}"/>')
            run = []
    drawn += [
        f'<circle class="p-1" cx="{x(rank):.1f}" cy="{y(values[monday].value):.1f}" r="4"/>'
        for rank, monday in enumerate(mondays)
        if monday in values
    ]
    for rank in (0, len(mondays) - 1):
        anchor = "end" if rank else "start"
        words = escape(french.short_day(mondays[rank]))
        drawn.append(f'<text x="{x(rank):.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}">{words}</text>')
    return "".join(drawn)


def _rules(low: float, high: float, limits: Limits | None) -> list[tuple[float, str]]:
    if limits is None:
        return [(low, "base"), (high, "grid")]
    return [(limits.low, "grid"), (limits.middle, "base"), (limits.high, "grid")]


def _rule(width: int, at: float, words: str, css: str) -> str:
    return (
        f'<line class="{css}" x1="{LEFT}" x2="{width - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>'
        f'<text x="{LEFT - 6}" y="{at + 4.5:.1f}" text-anchor="end">{words}</text>'
    )


def _starts(mondays: Sequence[date], start: date, x: object) -> list[str]:
    """Draw the line of the start, between the last week before and the first after."""
    if start not in mondays:
        return []
    at = x(mondays.index(start) - 0.5)  # type: ignore[operator]
    words = escape(_("Début"))
    return [
        f'<line class="goal" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 8}" y2="{FLOOR}"/>',
        f'<text x="{at:.1f}" y="{TOP - 12}" text-anchor="middle">{words}</text>',
    ]
