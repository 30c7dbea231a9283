"""Kaplan–Meier in exact fractions: those who still wait count for as long as they have waited.

Dropping them, or counting them as served, would make the slowest Maison look the fastest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

HALF, TENTH = Fraction(1, 2), Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody followed for some days; ``is_over`` when it came then, else nobody knows since."""

    days: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on, the share of those who still wait."""

    day: int
    waiting: Fraction


def survival(waits: Sequence[Wait]) -> list[Step]:
    """Return each day on which the share of those who wait falls; what came on a day counts first."""
    over = Counter(wait.days for wait in waits if wait.is_over)
    lost = Counter(wait.days for wait in waits if not wait.is_over)
    steps, share, at_risk = list[Step](), Fraction(1), len(waits)
    for day in sorted(over.keys() | lost.keys()):
        if over[day]:
            share *= Fraction(at_risk - over[day], at_risk)
            steps.append(Step(day, share))
        at_risk -= over[day] + lost[day]
    return steps


def first_day(steps: Sequence[Step], share: Fraction) -> int | None:
    """Return the first day on which no more than this share still waits; None when it never comes."""
    return next((step.day for step in steps if step.waiting <= share), None)


def share_within(overruns: Sequence[Wait]) -> Fraction | None:
    """Return the share that was over by day 0, on waits less the delay announced to each.

    None when nobody was followed to day 0 while some still waited: what is unknown is not shown.
    """
    waiting = Fraction(1)
    for step in survival(overruns):
        if step.day <= 0:
            waiting = step.waiting
    if waiting and all(wait.days < 0 for wait in overruns):
        return None
    return 1 - waiting
