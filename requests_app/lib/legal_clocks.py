"""Compute the day when silence becomes a decision, from dates alone (CRPA, art. L114-3, L114-5, L231-1).

A refusal runs from the first administration that received the ticket and stops while documents may still
arrive. An acceptance runs from the day everything is there. Days are calendar days: no Sunday or holiday
moves them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from requests_app.lib.months import add_months


class Sense(StrEnum):
    """What silence means."""

    REFUSAL = "refusal"
    ACCEPTANCE = "acceptance"


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """Indispensable documents: the day they were asked, the last day given, the day the last one came."""

    asked: date
    until: date
    arrived: date | None = None

    @property
    def ends(self) -> date:
        """Return when the suspension ends: with the documents, and never later than the delay given."""
        return min(self.until, self.arrived or self.until)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count: ``start`` is the first, ``end`` the first that counts again."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class LegalClock:
    """What one clock says; ``day`` is None while missing documents keep an acceptance from starting."""

    start: date | None
    day: date | None
    suspensions: tuple[Suspension, ...] = ()

    @property
    def suspended_days(self) -> int:
        return _total(self.suspensions)


def run_clock(
    *,
    sense: Sense,
    months: int,
    received: date,
    received_first: date | None = None,
    requests: Iterable[DocumentRequest] = (),
) -> LegalClock:
    """Run the clock of one ticket; ``received_first`` is when another administration received it."""
    ordered = sorted(requests, key=lambda request: request.asked)
    if sense == Sense.ACCEPTANCE:
        return _run_acceptance(months, received, ordered)
    return _run_refusal(months, received_first or received, ordered)


def _run_acceptance(months: int, received: date, requests: list[DocumentRequest]) -> LegalClock:
    """Start once all documents are there (art. L114-3, L114-5): no day as long as one is missing."""
    arrivals = [request.arrived for request in requests if request.arrived]
    if len(arrivals) < len(requests):
        return LegalClock(start=None, day=None)
    start = max([received, *arrivals])
    return LegalClock(start=start, day=add_months(start, months))


def _run_refusal(months: int, start: date, requests: list[DocumentRequest]) -> LegalClock:
    """Suspend during each delay given; a request made after the refusal was born changes nothing."""
    without = add_months(start, months)
    suspensions: list[Suspension] = []
    for request in requests:
        if request.asked <= without + timedelta(days=_total(suspensions)):
            _suspend(suspensions, request)
    day = without + timedelta(days=_total(suspensions))
    return LegalClock(start=start, day=day, suspensions=tuple(suspensions))


def _suspend(suspensions: list[Suspension], request: DocumentRequest) -> None:
    """Add the days of a request, in order; those that the previous one already covers count once."""
    last = suspensions[-1] if suspensions else None
    if last and request.asked <= last.end:
        suspensions[-1] = replace(last, end=max(last.end, request.ends))
    elif request.ends > request.asked:
        suspensions.append(Suspension(request.asked, request.ends))


def _total(suspensions: Iterable[Suspension]) -> int:
    return sum(suspension.days for suspension in suspensions)
