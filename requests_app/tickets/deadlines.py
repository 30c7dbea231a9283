"""Clocks of a ticket: the delay we announced, in working days, and the legal one, in months (threats: I8)."""

from datetime import date, datetime, time, timedelta

from requests_app.catalog.models import Topic
from requests_app.lib.legal_clocks import DocumentRequest as Asked
from requests_app.lib.legal_clocks import LegalClock, Sense, run_clock
from requests_app.lib.local_time import PARIS as PARIS
from requests_app.lib.months import add_months
from requests_app.lib.workdays import add_working_days
from requests_app.tickets.models import DocumentRequest, Ticket

END_OF_DAY = time(18, 0)
THRESHOLDS = (5, 15, 30)  # days before a legal deadline at which agents are asked to act


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins here."""
    return datetime.combine(day, time(), PARIS)


def local_day(at: datetime) -> date:
    """Return the local date at an instant."""
    return at.astimezone(PARIS).date()


def silence_of(ticket: Ticket) -> date | None:
    """Return the day our silence becomes a decision (CRPA, art. L231-1, L231-4); None while no clock runs."""
    clock = clock_of(ticket)
    return clock.day if clock else None


def clock_of(ticket: Ticket) -> LegalClock | None:
    """Run the clock of our silence (CRPA, art. L114-3, L114-5).

    None when the legal department has not said what silence decides, and when we decided in time: a later
    message that reopens the ticket undoes no decision.
    """
    topic = ticket.topic
    if topic is None or topic.settled_regime == Topic.Regime.NONE:
        return None
    sense = Sense.ACCEPTANCE if topic.counts_from_complete_file else Sense.REFUSAL
    received = local_day(ticket.received_at)
    requests = requests_of(ticket, with_cancelled=sense == Sense.REFUSAL)
    if sense == Sense.ACCEPTANCE:
        requests = _asked_in_time(topic.silence_months, received, requests)
    clock = run_clock(
        sense=sense,
        months=topic.silence_months,
        received=received,
        received_first=ticket.first_received_on,
        requests=requests,
    )
    return None if _is_decided_by(ticket, clock.day) else clock


def _is_decided_by(ticket: Ticket, day: date | None) -> bool:
    """Tell whether we decided before silence did; a closed ticket shows its outcome, not a clock."""
    return ticket.decided_on is not None and (day is None or ticket.decided_on <= day)


def requests_of(ticket: Ticket, *, with_cancelled: bool = True) -> list[Asked]:
    """List the indispensable documents asked for, as days; no query for a ticket that never asked for any.

    Cancelled requests had suspended a refusal until that day, as the person was told; an acceptance never
    waited for them.
    """
    if not (ticket.papers_asked_at or ticket.papers_complete_at):
        return []
    rows = list(ticket.document_requests.all())
    if not rows:
        return _as_the_previous_version_wrote(ticket)
    counted = [row for row in rows if row.is_indispensable and (with_cancelled or not row.cancelled_at)]
    return [_as_days(row, ticket) for row in counted]


def suspended_until(ticket: Ticket) -> date | None:
    """Return the last day given for indispensable documents still missing; None when none is."""
    return max((each.until for each in requests_of(ticket) if not each.arrived), default=None)


def _as_days(row: DocumentRequest, ticket: Ticket) -> Asked:
    """Return the days of a request; the previous version records on the ticket alone that all arrived."""
    arrived_at = row.arrived_at or (None if ticket.missing_papers else ticket.papers_complete_at)
    return Asked(local_day(row.asked_at), row.until, local_day(arrived_at) if arrived_at else None)


def _as_the_previous_version_wrote(ticket: Ticket) -> list[Asked]:
    """Read the columns of a ticket that has no row: asked for while both versions ran side by side."""
    asked = []
    if ticket.papers_complete_at:
        start = local_day(ticket.received_at)
        until = start + timedelta(days=ticket.papers_waited_days)
        asked.append(Asked(start, until, local_day(ticket.papers_complete_at)))
    if ticket.papers_asked_at and ticket.papers_until:
        asked.append(Asked(local_day(ticket.papers_asked_at), ticket.papers_until))
    return asked


def _asked_in_time(months: int, received: date, requests: list[Asked]) -> list[Asked]:
    """Leave out requests made after the acceptance was acquired: only a decision can withdraw it."""
    in_time: list[Asked] = []
    for request in sorted(requests, key=lambda each: each.asked):
        stands = run_clock(sense=Sense.ACCEPTANCE, months=months, received=received, requests=in_time)
        if stands.day and request.asked > stands.day:
            break
        in_time.append(request)
    return in_time


def reasons_due(ticket: Ticket) -> date | None:
    """Return the last day to state why silence refused, a month after the question (CRPA, art. L232-4)."""
    return add_months(ticket.reasons_asked_on, 1) if ticket.reasons_asked_on else None


def appeal_until(refused_on: date) -> date:
    """Return the last day to contest a refusal: two clear months, then a working day (CJA, R421-1 and -2)."""
    return add_working_days(add_months(refused_on, 2), 1)


def threshold_of(left: int) -> int:
    """Return which reminder threshold is reached with that many days left."""
    return next((each for each in THRESHOLDS if left <= each), THRESHOLDS[-1])


def waited_days(asked_at: datetime, until: date | None, came_at: datetime) -> int:
    """Count whole days between the request and the documents, up to the deadline given."""
    came = local_day(came_at)
    last = min(came, until) if until else came
    return max(0, (last - local_day(asked_at)).days)


def announced_due(received_at: datetime, topic: Topic | None) -> datetime | None:
    """Return the instant by which we announced an answer; None when the topic announces nothing."""
    if topic is None or topic.delay_days is None:
        return None
    day = add_working_days(local_day(received_at), topic.delay_days)
    return datetime.combine(day, END_OF_DAY, PARIS)
