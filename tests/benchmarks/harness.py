"""Measure ours beside the raw job, in turns, on the same machine at the same moment.

Absolute times move with the machine: what is compared is the ratio and the number of statements.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

Job = Callable[[], object]
RUNS = 40
WARM_UP = 5


@dataclass(frozen=True)
class Figures:
    """Milliseconds of one job."""

    median: float
    p95: float


@dataclass(frozen=True)
class Measure:
    """One line of the report."""

    name: str
    ours: Figures
    raw: Figures
    statements: int

    def __str__(self) -> str:
        ratio = self.ours.median / self.raw.median if self.raw.median else 0
        return (
            f"{self.name:<44} ours {self.ours.median:7.2f} ms (p95 {self.ours.p95:7.2f})"
            f"   raw {self.raw.median:6.2f} ms (p95 {self.raw.p95:6.2f})   x{ratio:5.1f}"
            f"   {self.statements} statements"
        )


def measure(name: str, ours: Job, raw: Job, *, runs: int = RUNS) -> Measure:
    """Run both in turns, after a warm-up; statements are those of ours, once warm."""
    for _turn in range(WARM_UP):
        ours()
        raw()
    with CaptureQueriesContext(connection) as seen:
        ours()
    spent: tuple[list[float], list[float]] = ([], [])
    for _turn in range(runs):
        for times, job in zip(spent, (ours, raw), strict=True):
            start = time.perf_counter()
            job()
            times.append((time.perf_counter() - start) * 1000)
    mine, theirs = (Figures(statistics.median(t), _p95(t)) for t in spent)
    return Measure(name, mine, theirs, len(seen))


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]
