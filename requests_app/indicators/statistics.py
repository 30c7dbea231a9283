"""What the statistics are made of: days, delays, places; plain values without a database query."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from requests_app.indicators.delays import middle, percentile

Counts = dict[int, int]


@dataclass(slots=True)
class Day:
    """One day, or the sum of several."""

    received: int = 0
    closed: int = 0
    answered: int = 0


@dataclass(slots=True)
class PlaceRow:
    """One Maison over the period; waiting and late are as of now."""

    received: int = 0
    waiting: int = 0
    late: int = 0
    delays: Counts = field(default_factory=dict)
    waits: Counts = field(default_factory=dict)

    @property
    def wait(self) -> int | None:
        """Return the median minutes at the counter."""
        return middle(self.waits, 0.5)

    @property
    def answered(self) -> int:
        return sum(self.delays.values())

    @property
    def median(self) -> float | None:
        return percentile(self.delays, 0.5)

    @property
    def ninetieth(self) -> float | None:
        return percentile(self.delays, 0.9)


@dataclass(slots=True)
class Statistics:
    """``delays`` by channel, "" for all of them; ``stock`` is (waiting, late) at the end of a day.

    ``topics`` and ``waits`` (visitors by minutes at the counter, up to yesterday) stay empty when one topic
    is looked at.
    """

    days: dict[date, Day] = field(default_factory=lambda: defaultdict(Day))
    channels: Counter[str] = field(default_factory=Counter)
    topics: Counter[int] = field(default_factory=Counter)
    delays: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    delays_before: Counts = field(default_factory=Counter)
    waits: Counts = field(default_factory=dict)
    stock: dict[date, tuple[int, int, int]] = field(default_factory=dict)
    places: dict[int, PlaceRow] = field(default_factory=lambda: defaultdict(PlaceRow))
    rolled_at: datetime | None = None

    def total(self, days: Iterable[date]) -> Day:
        found = [self.days[day] for day in days if day in self.days]
        return Day(
            received=sum(day.received for day in found),
            closed=sum(day.closed for day in found),
            answered=sum(day.answered for day in found),
        )
