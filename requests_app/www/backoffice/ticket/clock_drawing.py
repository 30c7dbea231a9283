"""The two clocks of a ticket as a drawing: the delay announced, and the legal one with its suspensions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from requests_app.catalog.models import Regime
from requests_app.lib.legal_clocks import LegalClock, Suspension
from requests_app.tickets.competence import is_awaited
from requests_app.tickets.deadlines import clock_of, local_day, reasons_due
from requests_app.tickets.models import Ticket

WIDTH = 600


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a bar, in units of the drawing."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a template shows; ``day`` is None while documents keep the clock from starting."""

    is_settled: bool
    decided_on: date | None
    is_refusal: bool
    start: date | None
    day: date | None
    left: int
    due: date | None
    announced: Span | None
    legal: Span | None
    pauses: list[Span]
    suspended_days: int
    today_x: int
    first_received_on: date | None
    reasons_asked_on: date | None
    reasons_due: date | None

    @property
    def is_past(self) -> bool:
        return self.left < 0


def drawing_of(ticket: Ticket, *, today: date) -> Drawing | None:
    """Draw the clocks of a ticket; None when nobody waits for a decision of ours."""
    topic = ticket.topic
    if topic is None or not topic.expects_decision or not is_awaited(ticket):
        return None
    clock = clock_of(ticket) or LegalClock(start=None, day=None)
    received = local_day(ticket.received_at)
    due = local_day(ticket.due_at) if ticket.due_at else None
    days = [day for day in (received, clock.start, clock.day, due, today) if day]
    scale = _Scale(min(days), max(days))
    return Drawing(
        is_settled=topic.settled_regime != Regime.NONE,
        decided_on=ticket.decided_on,
        is_refusal=topic.settled_regime == Regime.SILENCE_REFUSAL,
        start=clock.start,
        day=clock.day,
        left=(clock.day - today).days if clock.day else 0,
        due=due,
        announced=scale.span(received, due) if due else None,
        legal=scale.span(clock.start, clock.day) if clock.start and clock.day else None,
        pauses=scale.pauses(clock.suspensions),
        suspended_days=clock.suspended_days,
        today_x=scale.x(today),
        first_received_on=ticket.first_received_on,
        reasons_asked_on=ticket.reasons_asked_on,
        reasons_due=reasons_due(ticket),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> int:
        whole = max((self.last - self.first).days, 1)
        return round(WIDTH * min(max((day - self.first).days, 0), whole) / whole)

    def span(self, start: date, end: date) -> Span:
        return Span(self.x(start), max(self.x(end) - self.x(start), 2))

    def pauses(self, suspensions: Sequence[Suspension]) -> list[Span]:
        return [self.span(pause.start, pause.end) for pause in suspensions]
