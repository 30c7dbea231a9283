"""Three delays, from the reception of a ticket to the first slot shown, booked, and that took place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from requests_app.first_delay.survival import HALF, TENTH, Wait, first_day, share_within, survival


@dataclass(frozen=True, slots=True)
class TicketDates:
    """The days of one ticket, here; ``offered_on`` and ``booked_on`` are days of starts of slots.

    ``announced_days`` is the delay that its topic announces, in calendar days from ``asked_on``.
    """

    maison: str
    type: str
    is_first_time: bool
    asked_on: date
    offered_on: date | None = None
    booked_on: date | None = None
    held_on: date | None = None
    closed_on: date | None = None
    announced_days: int | None = None

    @property
    def is_in_order(self) -> bool:
        """Tell whether nothing came before it was asked for."""
        days = (self.offered_on, self.booked_on, self.held_on, self.closed_on)
        return all(day >= self.asked_on for day in days if day)


@dataclass(frozen=True, slots=True)
class Delay:
    """One delay; ``waits_for`` is the fewest days that one of those still waiting has waited."""

    n: int = 0
    waiting: int = 0
    median_days: int | None = None
    p90_days: int | None = None
    share_under: float | None = None
    waits_for: int | None = None


@dataclass(frozen=True, slots=True)
class Delays:
    """The three delays of the same tickets."""

    offered: Delay
    booked: Delay
    held: Delay


@dataclass(frozen=True, slots=True)
class Followed:
    """One wait; ``is_waiting`` when it still goes on at the end."""

    wait: Wait
    is_waiting: bool
    announced_days: int | None = None


def measure_delays(rows: Sequence[TicketDates], *, at: date) -> Delays:
    """Measure them as they were known on a day; a slot shown or booked counts though it is to come."""
    return Delays(
        offered=_measure(rows, lambda row: row.offered_on, at),
        booked=_measure(rows, lambda row: row.booked_on, at),
        held=_measure(rows, lambda row: held_by(row, at), at),
    )


def held_by(row: TicketDates, at: date) -> date | None:
    """Return the day of the appointment that took place; one still to come has not."""
    return row.held_on if row.held_on and row.held_on <= at else None


def _measure(rows: Sequence[TicketDates], event_on: Callable[[TicketDates], date | None], at: date) -> Delay:
    return measure([follow(row, event_on(row), at) for row in rows])


def measure(followed: Sequence[Followed]) -> Delay:
    """Measure one delay over all who were followed."""
    steps = survival([each.wait for each in followed])
    waiting = [each.wait.days for each in followed if each.is_waiting]
    return Delay(
        n=len(followed),
        waiting=len(waiting),
        median_days=first_day(steps, HALF),
        p90_days=first_day(steps, TENTH),
        share_under=_four_decimals(share_within(list(_overruns(followed)))),
        waits_for=min(waiting, default=None),
    )


def follow(row: TicketDates, event_on: date | None, at: date) -> Followed:
    """Follow a ticket until it came, else until it was closed, else until now."""
    if event_on:
        return Followed(Wait((event_on - row.asked_on).days, is_over=True), False, row.announced_days)
    is_closed = row.closed_on is not None and row.closed_on <= at
    until = row.closed_on if is_closed and row.closed_on else at
    wait = Wait((until - row.asked_on).days, is_over=False)
    return Followed(wait, not is_closed, row.announced_days)


def _overruns(followed: Iterable[Followed]) -> Iterable[Wait]:
    """Subtract from each wait the delay that was announced; those to whom none was are left out."""
    for each in followed:
        if each.announced_days is not None:
            yield Wait(each.wait.days - each.announced_days, each.wait.is_over)


def _four_decimals(share: Fraction | None) -> float | None:
    return None if share is None else float(round(share, 4))
