"""Measure ours beside the raw job, in turns, on the same machine at the same moment.

Absolute times move with the machine: what is compared is the ratio and the number of statements.
"""

import gc
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
    cpu: float  # milliseconds of our own process in one run: moves less than the clock on a shared machine

    def __str__(self) -> str:
        ratio = self.ours.median / self.raw.median if self.raw.median else 0
        return (
            f"{self.name:<44} ours {self.ours.median:7.2f} ms (p95 {self.ours.p95:7.2f})"
            f"   raw {self.raw.median:6.2f} ms (p95 {self.raw.p95:6.2f})   x{ratio:5.1f}"
            f"   {self.statements} statements   cpu {self.cpu:.1f} ms"
        )


def measure(name: str, ours: Job, raw: Job, *, runs: int = RUNS) -> Measure:
    """Run both in turns, after a warm-up; statements are those of ours, once warm."""
    for _turn in range(WARM_UP):
        ours()
        raw()
    gc.collect()
    gc.freeze()  # as the web server does: what is loaded stays out of the collector's way
    with CaptureQueriesContext(connection) as seen:
        ours()
    spent: tuple[list[float], list[float]] = ([], [])
    busy: tuple[list[float], list[float]] = ([], [])
    for _turn in range(runs):
        for times, cpu, job in zip(spent, busy, (ours, raw), strict=True):
            start, began = time.perf_counter(), time.process_time()
            job()
            times.append((time.perf_counter() - start) * 1000)
            cpu.append((time.process_time() - began) * 1000)
    mine, theirs = (Figures(statistics.median(t), _p95(t)) for t in spent)
    return Measure(name, mine, theirs, len(seen), statistics.median(busy[0]))


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]
