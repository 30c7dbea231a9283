"""Clocks of a demand: the delay we announced, counted in working days (threats: I8)."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from requests_app.catalog.models import Topic
from requests_app.lib.workdays import add_working_days
from requests_app.tickets.models import Ticket

PARIS = ZoneInfo("Europe/Paris")
END_OF_DAY = time(18, 0)
SILENCE_MONTHS = 2


def midnight(day: date) -> datetime:
    """When a day begins here."""
    return datetime.combine(day, time(), PARIS)


def silence_on(received_at: datetime, topic: Topic | None) -> date | None:
    """The day when our silence becomes a decision, from the day it was received (CRPA, art. L231-1, L231-4).

    None when the topic has no decision regime. A month without that day ends with its last one.
    """
    if topic is None or topic.regime == Topic.Regime.NONE:
        return None
    day = received_at.astimezone(PARIS).date()
    year, month = divmod(day.month - 1 + SILENCE_MONTHS, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def silence_of(ticket: Ticket) -> date | None:
    """The same for a demand that was incomplete (CRPA, art. L114-5): None while papers are missing.

    Acceptance counts from the day all papers are there; refusal was only suspended meanwhile.
    """
    topic = ticket.topic
    if ticket.missing_papers or topic is None:
        return None
    if ticket.papers_complete_at and topic.regime == Topic.Regime.SILENCE_ACCEPTANCE:
        return silence_on(ticket.papers_complete_at, topic)
    day = silence_on(ticket.received_at, topic)
    return day + timedelta(days=ticket.papers_waited_days) if day else None


def waited_days(asked_at: datetime, until: date | None, came_at: datetime) -> int:
    """Whole days between the asking and the papers, no later than the day that was given."""
    came = came_at.astimezone(PARIS).date()
    last = min(came, until) if until else came
    return max(0, (last - asked_at.astimezone(PARIS).date()).days)


def announced_due(received_at: datetime, topic: Topic | None) -> datetime | None:
    """Until when an answer was announced; None when the topic announces nothing."""
    if topic is None or topic.delay_days is None:
        return None
    day = add_working_days(received_at.astimezone(PARIS).date(), topic.delay_days)
    return datetime.combine(day, END_OF_DAY, PARIS)
