"""How large a difference is when the tried sites are drawn again (Fisher, 1935; Pitman, 1937)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from requests_app.experiments.assignments import Assignment
from requests_app.experiments.observations import Change

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of the changes of one assignment less that of the other sites, and what it owes to the real one.

    Were every tried site ``delta`` lower, ``value`` would be ``value - delta * overlap``;
    ``overlap`` runs from -1 (the other sites exactly) to 1 (the tried sites exactly).
    """

    value: float
    overlap: float


class Differences:
    """The difference of every assignment, the real one apart, with one tolerance for equality."""

    def __init__(self, real: Difference, drawn: Sequence[Difference], *, largest: float) -> None:
        self.real, self.drawn = real, drawn
        self.tolerance = _ROUNDING * largest

    def count_as_large(self, size: float) -> int:
        """Count the assignments whose difference is at least ``size``, rounding errors aside."""
        return sum(abs(each.value) >= size - self.tolerance for each in self.drawn)

    def bounds(self, allowed: int) -> tuple[float | None, float | None]:
        """Return the smallest and largest effect that more than ``allowed`` assignments are as large under.

        An assignment is as large as the real one for the effects between two roots, and the real
        estimate is always one of them: the count only falls on either side of it, so the bounds
        are order statistics of the roots. None when no effect is too large to be believed.
        """
        roots = [_roots(self.real.value, each) for each in self.drawn]
        finite = [pair for pair in roots if pair]
        needed = allowed + 1 - (len(roots) - len(finite))  # those without roots are as large under any effect
        if needed <= 0:
            return None, None
        lows, highs = sorted(low for low, _ in finite), sorted(high for _, high in finite)
        return lows[needed - 1], highs[-needed]


def list_differences(
    changes: Sequence[Change | None], assignments: Iterable[Assignment], *, tried: Assignment, largest: float
) -> Differences | None:
    """Return the difference of each assignment; None when one of the two real sides is empty.

    ``changes`` holds None at the position of a site that cannot be used; an assignment that leaves
    one side empty is not a difference, and counts as none.
    """
    table = _Table(changes, tried)
    real = table.difference(tried)
    if real is None:
        return None
    drawn = [table.difference(each) or _NONE for each in assignments]
    return Differences(real, drawn, largest=largest)


_NONE = Difference(0.0, 0.0)


class _Table:
    """Sums of the used sites, so that an assignment costs only its own positions."""

    def __init__(self, changes: Sequence[Change | None], tried: Assignment) -> None:
        real = frozenset(tried)
        self.values = [change.value if change else 0.0 for change in changes]
        self.used = [int(change is not None) for change in changes]
        self.tried = [use if position in real else 0 for position, use in enumerate(self.used)]
        self.total, self.sites, self.size = fsum(self.values), sum(self.used), sum(self.tried)

    def difference(self, chosen: Assignment) -> Difference | None:
        inside = sum(map(self.used.__getitem__, chosen))
        outside = self.sites - inside
        if not inside or not outside:
            return None
        value = sum(map(self.values.__getitem__, chosen))
        shared = sum(map(self.tried.__getitem__, chosen))
        return Difference(
            value / inside - (self.total - value) / outside,
            shared / inside - (self.size - shared) / outside,
        )


def _roots(real: float, drawn: Difference) -> tuple[float, float] | None:
    """Return the effects between which ``drawn`` is as large as the real one; None when under any effect."""
    if abs(drawn.overlap) > 1 - _ROUNDING:
        return None
    one = (real - drawn.value) / (1 - drawn.overlap)
    other = (real + drawn.value) / (1 + drawn.overlap)
    return min(one, other), max(one, other)
