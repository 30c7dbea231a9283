"""What a trial did: difference in differences of the sites, believed by permutation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from requests_app.experiments.assignments import list_assignments
from requests_app.experiments.observations import Observation, largest_value, measure_changes
from requests_app.experiments.permutation import Differences, list_differences

RISK_IN = 20  # one assignment in twenty: the share 0.05 without its rounding

EFFECT: Final = "effet"
NO_EFFECT: Final = "pas d'effet visible"
UNKNOWN: Final = "on ne peut pas conclure"


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect in the unit of the values, above 0 when higher at the tried sites; None where unbounded."""

    estimate: float | None
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Effect(Estimate):
    """An effect with ``p``, the share of assignments as large, and the number of sites used."""

    p: float | None
    sites: int


def measure_effect(observations: Sequence[Observation], *, smallest: float | None = None) -> Effect:
    """Compare the tried sites with the others.

    ``smallest`` is the effect that would matter, chosen before looking: without it, the absence
    of an effect is never concluded.
    """
    changes = measure_changes(observations)
    tried = tuple(position for position, change in enumerate(changes) if change.is_tried)
    found = list_differences(
        changes, list_assignments(len(changes), tried), tried=tried, largest=largest_value(observations)
    )
    if found is None:
        return Effect(None, None, None, UNKNOWN, None, len(changes))
    return _effect(found, sites=len(changes), smallest=smallest)


def conclude(low: float | None, high: float | None, *, is_effect: bool, smallest: float | None) -> str:
    """Say what may be believed, in one of three sentences."""
    if is_effect:
        return EFFECT
    if smallest is None or low is None or high is None:
        return UNKNOWN
    return NO_EFFECT if -smallest < low and high < smallest else UNKNOWN


def _effect(found: Differences, *, sites: int, smallest: float | None) -> Effect:
    as_large, total = found.count_as_large(abs(found.real.value)), len(found.drawn)
    low, high = found.bounds(total // RISK_IN)
    verdict = conclude(low, high, is_effect=as_large * RISK_IN <= total, smallest=smallest)
    return Effect(found.real.value, low, high, verdict, as_large / total, sites)
