"""What was measured at each site, period by period, on both sides of the start of a trial."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Observation:
    """The value of one site over one period; ``value`` is None where nothing was measured."""

    site: str
    period: str
    is_tried: bool
    is_after: bool
    value: float | None
    n: float

    @property
    def is_missing(self) -> bool:
        """Tell whether nobody answered: such a row is never filled, and weighs nothing."""
        return self.value is None or self.n == 0


@dataclass(frozen=True, slots=True)
class Change:
    """The mean of a site after the start, less its mean before, each weighted by n."""

    site: str
    is_tried: bool
    value: float


def measure_changes(observations: Iterable[Observation]) -> list[Change]:
    """Return one change per site in the order of their names; a site without both sides leaves."""
    sides: dict[tuple[str, bool], tuple[list[Observation], list[Observation]]]
    sides = defaultdict(lambda: ([], []))
    for seen in observations:
        if not seen.is_missing:
            sides[seen.site, seen.is_tried][seen.is_after].append(seen)
    return [
        Change(site, is_tried, _mean(after) - _mean(before))
        for (site, is_tried), (before, after) in sorted(sides.items())
        if before and after
    ]


def largest_value(observations: Iterable[Observation]) -> float:
    """Return the largest measured value without its sign: the scale that rounding errors are held against."""
    return max((abs(seen.value) for seen in observations if seen.value is not None), default=0.0)


def _mean(observations: list[Observation]) -> float:
    weights = fsum(seen.n for seen in observations)
    return fsum((seen.value or 0.0) * seen.n for seen in observations) / weights
