"""What becomes of a ticket: the older, the likelier it is closed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from gru.demo.calendar import Calendar
from requests_app.catalog.models import Topic
from requests_app.tickets.models import Event, Outcome, State
from requests_app.tickets.models.event_data import Cause, Closed, EventData, Waiting

# Older than N days: the probability of being closed, that of being in progress.
ODDS = ((21, 0.98, 0.012), (10, 0.88, 0.07), (5, 0.6, 0.2), (2, 0.3, 0.25), (-1, 0.05, 0.2))
OUTCOMES = (Outcome.ANSWERED, Outcome.ORIENTED, Outcome.WITHDRAWN)
OUTCOME_WEIGHTS = (85, 11, 4)
HOURS_TO_TAKE, HOURS_TO_ANSWER, HOURS_TO_CLOSE = 20, 36, 54
LATE_SHARE, LATE_AFTER_DAYS = 0.06, 9  # taken, not answered yet: any service has some
REOPENED_SHARE = 0.06  # of the closed ones: the person wrote again
ANSWERED_OPEN, ANSWERED_AT_DESK = (
    0.3,
    0.5,
)  # in progress, answered once already; at the counter itself


@dataclass(slots=True)
class Life:
    """A ticket's state and how it got there; ``events`` are (kind, instant, agent, data)."""

    state: State = State.TO_SORT
    assignee_id: int | None = None
    outcome: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    events: list[tuple[str, datetime, int | None, dict[str, Any]]] = field(default_factory=list)

    @property
    def is_sorted(self) -> bool:
        return self.state != State.TO_SORT


def draw_life(
    calendar: Calendar,
    topic: Topic,
    agent: int | None,
    at: datetime,
    *,
    by_mail: bool,
    is_transfer: bool,
) -> Life:
    """Invent a ticket's life up to now; without an agent it still waits."""
    draw = calendar.random
    over, in_hand = _odds((calendar.until - at) / timedelta(days=1))
    chance = draw.random()
    if agent is None or chance > over + in_hand:
        return Life()
    taken = calendar.later(at, HOURS_TO_TAKE)
    life = Life(State.OPEN, agent)
    if by_mail:
        data = EventData(from_="", to=topic.label).as_json()
        life.events.append((Event.Kind.TOPIC_CHANGED, taken, agent, data))
    life.events.append((Event.Kind.TAKEN, taken, agent, {}))
    if (calendar.until - at).days > LATE_AFTER_DAYS and draw.random() < LATE_SHARE:
        return life
    if by_mail and (chance <= over or draw.random() < ANSWERED_OPEN):
        life.answered_at = calendar.later(taken, HOURS_TO_ANSWER)
    elif not by_mail and chance <= over and draw.random() < ANSWERED_AT_DESK:
        life.answered_at = at
    if chance <= over:
        outcome = Outcome.TRANSFERRED if is_transfer else draw.choices(OUTCOMES, OUTCOME_WEIGHTS)[0]
        _close(life, outcome, calendar.later(life.answered_at or taken, HOURS_TO_CLOSE), agent)
        if by_mail and outcome == Outcome.ANSWERED and draw.random() < REOPENED_SHARE:
            _reopen(life, calendar.later(life.closed_at or at, HOURS_TO_CLOSE))
    elif draw.random() < 0.3:
        _wait(life, taken, agent)
    return life


def _odds(age_days: float) -> tuple[float, float]:
    return next((over, in_hand) for older, over, in_hand in ODDS if age_days > older)


def _close(life: Life, outcome: Outcome, at: datetime, agent: int) -> None:
    life.state, life.outcome, life.closed_at = State.CLOSED, outcome.value, at
    life.events.append((Event.Kind.CLOSED, at, agent, Closed(outcome=life.outcome).as_json()))


def _reopen(life: Life, at: datetime) -> None:
    """Open the ticket again: the person replied to the answer."""
    life.state, life.outcome, life.closed_at, life.reopened_at = State.OPEN, "", None, at
    life.events.append((Event.Kind.REOPENED, at, None, EventData(cause=Cause.PERSON_REPLIED).as_json()))


def _wait(life: Life, at: datetime, agent: int) -> None:
    life.state = State.WAITING_PERSON
    data = Waiting(state=State.WAITING_PERSON, reason="Avis d’imposition").as_json()
    life.events.append((Event.Kind.WAITING, at, agent, data))
