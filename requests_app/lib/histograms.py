"""Durations counted by all processes together, in the broker's server: /metrics shows them.

A process adds to its memory; a thread of its own writes a moment later: nobody waits for the server, and a
killed process loses a tenth of a second. While the server is away counts wait here; when it was emptied they
begin again at zero, as Prometheus expects of every counter (threats: I5, F03).
"""

import atexit
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redis.exceptions import RedisError

from requests_app.lib.valkey import valkey

KEY = "gru:histogram:{}"
SEPARATOR = "\x1f"
SUM = "sum"
GATHER_S, AWAY_S = 0.1, 5.0


@dataclass(frozen=True, slots=True)
class Histogram:
    """A family of durations; ``bounds`` are the upper limits of its buckets, in seconds.

    The values of its labels are few and known to the code: never what somebody wrote.
    """

    name: str
    meaning: str
    bounds: tuple[float, ...]
    labels: tuple[str, ...] = ()

    def observe(self, seconds: float, *values: str) -> None:
        """Count one duration."""
        rank = next((rank for rank, bound in enumerate(self.bounds) if seconds <= bound), len(self.bounds))
        _writer.add(KEY.format(self.name), SEPARATOR.join(values), str(rank), seconds)

    def read(self) -> "list[Series]":
        """Return what all processes counted, sorted by labels; raises RedisError."""
        _writer.flush()
        found: dict[str, Series] = {}
        for name, value in valkey().hgetall(KEY.format(self.name)).items():
            labels, _separator, what = str(name).rpartition(SEPARATOR)
            series = found.setdefault(labels, Series(labels.split(SEPARATOR), [0] * (len(self.bounds) + 1)))
            series.add(what, float(value))
        return [found[labels] for labels in sorted(found)]


@dataclass(slots=True)
class Series:
    """The durations of one set of labels: how many fell in each bucket, and their sum."""

    labels: Sequence[str]
    counts: list[int]
    total: float = field(default=0.0)

    def add(self, what: str, value: float) -> None:
        """Add one stored number; a bucket that an older version had counts in the last one."""
        if what == SUM:
            self.total += value
        else:
            self.counts[min(int(what), len(self.counts) - 1)] += int(value)

    def cumulative_counts(self) -> Iterator[int]:
        """Give how many lasted at most as long as each bound, all of them last."""
        so_far = 0
        for count in self.counts:
            so_far += count
            yield so_far


class _Writer:
    """Adds up what this process observed until it is written."""

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        """Begin with nothing: a forked process has its parent's memory, and not its threads."""
        self._lock, self._flushing = threading.Lock(), threading.Lock()
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._sums: dict[tuple[str, str], float] = {}
        self._has_some = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, key: str, labels: str, rank: str, seconds: float) -> None:
        """Count one, for the thread to write."""
        start = f"{labels}{SEPARATOR}"
        with self._lock:
            self._waiting[key, start + rank] += 1
            self._sums[key, start + SUM] = self._sums.get((key, start + SUM), 0.0) + seconds
            self._ensure_thread()
        self._has_some.set()

    def flush(self) -> bool:
        """Write now; what could not be written waits for the next time."""
        with self._flushing:
            with self._lock:
                counts, self._waiting = self._waiting, Counter()
                sums, self._sums = self._sums, {}
            try:
                self._write(counts, sums)
            except RedisError:
                self._put_back(counts, sums)
                return False
        return True

    def _write(self, counts: Counter[tuple[str, str]], sums: dict[tuple[str, str], float]) -> None:
        if not counts:
            return
        with valkey().pipeline(transaction=True) as batch:
            for (key, name), count in counts.items():
                batch.hincrby(key, name, count)
            for (key, name), seconds in sums.items():
                batch.hincrbyfloat(key, name, round(seconds, 6))
            batch.execute()

    def _put_back(self, counts: Counter[tuple[str, str]], sums: dict[tuple[str, str], float]) -> None:
        with self._lock:
            self._waiting.update(counts)
            for name, seconds in sums.items():
                self._sums[name] = self._sums.get(name, 0.0) + seconds

    def _ensure_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="histograms", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while self._has_some.wait():
            time.sleep(GATHER_S)
            self._has_some.clear()
            if not self.flush():
                time.sleep(AWAY_S)
                self._has_some.set()


_writer = _Writer()
os.register_at_fork(after_in_child=_writer._reset)
atexit.register(_writer.flush)
