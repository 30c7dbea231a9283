"""What a trial could see, said before it begins: the power of the comparison, from the noise of past weeks.

The permutation of sites is, for changes that vary alike, as good as Student's test on them (Hoeffding,
1952), whose power is that of the noncentral t.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb, erf, exp, inf, lgamma, log, sqrt
from random import Random
from statistics import pvariance

from requests_app.experiments.assignments import MAX_EXACT, list_assignments
from requests_app.experiments.effect import RISK_IN
from requests_app.experiments.observations import Change
from requests_app.experiments.permutation import list_differences

OFTEN, SELDOM = 0.8, 0.4
FEW_SITES = 10  # up to these, Student's test promises more than the permutation holds
_STEPS = 100
_WORLDS = 2000
_SEED = 20_261_202


@dataclass(frozen=True, slots=True)
class Plan:
    """How large an effect is seen eight times of ten, and four times of ten, in the unit of the measure.

    None when nothing could be seen, whatever the effect: too few sites to draw again.
    """

    often: float | None
    seldom: float | None


@dataclass(frozen=True, slots=True)
class Design:
    """``spread``: the standard deviation of a site's change where nothing is tried."""

    tried: int
    others: int
    spread: float

    @property
    def degrees(self) -> int:
        return self.tried + self.others - 2

    @property
    def risk(self) -> float:
        """Return the risk that the permutation really spends: a twentieth, in whole assignments.

        Between two equal halves each assignment has its mirror, as large: they go in pairs.
        """
        total = comb(self.tried + self.others, self.tried)
        if total > MAX_EXACT:
            return 1 / RISK_IN
        allowed = total // RISK_IN
        return (allowed - allowed % 2 if self.tried == self.others else allowed) / total

    @property
    def error(self) -> float:
        return self.spread * sqrt(1 / self.tried + 1 / self.others)


def plan(design: Design) -> Plan:
    """Find the effects that are seen eight and four times of ten."""
    if min(design.tried, design.others) < 1 or design.degrees < 1 or not design.risk:
        return Plan(None, None)
    if design.tried + design.others <= FEW_SITES:
        often, seldom = simulate_effects_seen(design.tried, design.others)
        return Plan(often * design.spread, seldom * design.spread)
    return Plan(_effect_seen(design, OFTEN), _effect_seen(design, SELDOM))


def power(design: Design, effect: float) -> float:
    """Return how often an effect of this size would be seen, among more than a few sites."""
    shift = abs(effect) / design.error if design.error else 0.0
    return _outside(_critical(design.degrees, design.risk), design.degrees, shift)


def spread_of(changes: Iterable[Sequence[float]]) -> float | None:
    """Return the standard deviation of a site's change, from several past times at which nothing began.

    Each time its own mean is taken away: what all sites live together is no noise of the comparison. None
    with fewer than three sites at every time.
    """
    variances, weights = 0.0, 0
    for each in changes:
        if len(each) >= 3:
            variances += pvariance(each) * len(each)
            weights += len(each) - 1
    return sqrt(variances / weights) if weights else None


@lru_cache(maxsize=64)
def simulate_effects_seen(tried: int, others: int) -> tuple[float, float]:
    """Return both effects for changes of spread 1, from worlds without effect drawn with a fixed seed.

    An effect moves both bounds: it is seen once the lower one passes 0.
    """
    random, positions = Random(_SEED), tuple(range(tried))  # noqa: S311 -- draws for a plan, not for a secret
    assignments = list_assignments(tried + others, positions)
    allowed = len(assignments) // RISK_IN
    needed = []
    for _world in range(_WORLDS):
        changes = [Change(str(site), site < tried, random.gauss(0, 1)) for site in range(tried + others)]
        found = list_differences(changes, assignments, tried=positions, largest=1.0)
        low = found.bounds(allowed)[0] if found else None
        needed.append(inf if low is None else -low)
    needed.sort()
    return needed[int(OFTEN * _WORLDS)], needed[int(SELDOM * _WORLDS)]


def _effect_seen(design: Design, wanted: float) -> float:
    if not design.spread:
        return 0.0
    return _solve(lambda effect: power(design, effect) - wanted, 0.0, design.error)


@lru_cache(maxsize=256)
def _critical(degrees: int, risk: float) -> float:
    return _solve(lambda t: risk - _outside(t, degrees, 0.0), 0.0, 2.0)


def _outside(t: float, degrees: int, shift: float) -> float:
    """Return the probability that a noncentral t is beyond ``t``, on either side."""

    def beyond(chi: float) -> float:
        bound = t * chi / sqrt(degrees)
        return _normal(shift - bound) + _normal(-shift - bound)

    return _mean_over_chi(beyond, degrees)


def _mean_over_chi(value: Callable[[float], float], degrees: int) -> float:
    """Average over the root of a chi-square variable, by Simpson's rule."""
    low, high = max(0.0, sqrt(degrees) - 8.0), sqrt(degrees) + 8.0
    step = (high - low) / _STEPS
    factor = (1 - degrees / 2) * log(2) - lgamma(degrees / 2)
    total = weights = 0.0
    for rank in range(1, _STEPS):
        chi = low + rank * step
        weight = (4 if rank % 2 else 2) * exp(factor + (degrees - 1) * log(chi) - chi * chi / 2)
        total, weights = total + weight * value(chi), weights + weight
    return total / weights


def _normal(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def _solve(rising: Callable[[float], float], low: float, high: float) -> float:
    """Find where a rising function crosses zero; ``high`` is doubled until it is beyond."""
    while rising(high) < 0:
        high *= 2
    for _turn in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return high
