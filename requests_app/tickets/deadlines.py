"""Clocks of a demand: the delay we announced, counted in working days (threats: I8)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from requests_app.catalog.models import Topic
from requests_app.lib.workdays import add_working_days

PARIS = ZoneInfo("Europe/Paris")
END_OF_DAY = time(18, 0)


def announced_due(received_at: datetime, topic: Topic | None) -> datetime | None:
    """Until when an answer was announced; None when the topic announces nothing."""
    if topic is None or topic.delay_days is None:
        return None
    day = add_working_days(received_at.astimezone(PARIS).date(), topic.delay_days)
    return datetime.combine(day, END_OF_DAY, PARIS)
