"""What may be said while a trial goes on, however often it is looked at.

A test repeated each week finds an effect where there is none more than one time in four. Here all
looks share one risk: each may spend what the looks before it have left of ``_budget``, and the
assignments it spends it on are those whose path is the farthest out (Lan and DeMets, 1983, on the
permutation distribution of whole paths). Whichever week one stops at, the risk is under 5 %.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from requests_app.experiments.assignments import Assignment, list_assignments
from requests_app.experiments.effect import RISK_IN, UNKNOWN, Estimate, conclude
from requests_app.experiments.observations import Change, Observation, largest_value, measure_changes
from requests_app.experiments.permutation import Differences, list_differences

_HALF_SPENT_AT = 8  # looks after which half of the risk is spent; the rest lasts for ever


@dataclass(frozen=True, slots=True)
class Look(Estimate):
    """What the file says when it ends with ``period``."""

    period: str


def list_looks(observations: Sequence[Observation], *, smallest: float | None = None) -> Iterator[Look]:
    """Yield one look per period after the start, in text order, each valid whenever one stops."""
    sites = sorted({(seen.site, seen.is_tried) for seen in observations if not seen.is_after})
    tried = tuple(position for position, (_, is_tried) in enumerate(sites) if is_tried)
    risk = _SharedRisk(list_assignments(len(sites), tried))
    for period in sorted({seen.period for seen in observations if seen.is_after}):
        known = [seen for seen in observations if seen.period <= period]
        changes = {change.site: change for change in measure_changes(known)}
        at_sites: list[Change | None] = [changes.get(site) for site, _ in sites]
        found = list_differences(at_sites, risk.assignments, tried=tried, largest=largest_value(known))
        yield _look(period, found, allowed=risk.spend(found), smallest=smallest)


class _SharedRisk:
    """The assignments not yet said to have an effect, and how many more may be."""

    def __init__(self, assignments: list[Assignment]) -> None:
        self.assignments = assignments
        self._inside = set(range(len(assignments)))
        self._looks = 0

    def spend(self, found: Differences | None) -> int:
        """Return how many assignments this look may call an effect, after giving up the farthest."""
        self._looks += 1
        if found is None:
            return 0
        total = len(self.assignments)
        left = _budget(self._looks, total) - (total - len(self._inside))
        sizes = [abs(each.value) - found.tolerance for each in found.drawn]
        # One more than may be given up: equals of it stay, those beyond it go. Whoever went before is free.
        nearest = sorted((abs(found.drawn[i].value) for i in self._inside), reverse=True)[left]
        self._inside -= {i for i in self._inside if sizes[i] > nearest}
        return sum(size > nearest for size in sizes)


def _budget(looks: int, total: int) -> int:
    """Return how many of ``total`` assignments the first looks may give up together."""
    return total * looks // (RISK_IN * (looks + _HALF_SPENT_AT))


def _look(period: str, found: Differences | None, *, allowed: int, smallest: float | None) -> Look:
    if found is None:
        return Look(None, None, None, UNKNOWN, period)
    low, high = found.bounds(allowed)
    is_effect = low is not None and high is not None and not low <= 0 <= high
    return Look(
        found.real.value, low, high, conclude(low, high, is_effect=is_effect, smallest=smallest), period
    )
