"""When people write and come: on working days, during opening hours."""

from datetime import datetime, time, timedelta
from functools import cached_property
from random import Random

from requests_app.lib.local_time import PARIS as PARIS
from requests_app.lib.workdays import is_working_day

DESK_HOURS = (8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16)
MAIL_HOURS = (7, 8, 9, 9, 10, 10, 11, 12, 13, 14, 14, 15, 16, 17, 18, 20, 21, 22)


class Calendar:
    """Instants within the ``days`` that end at ``until``."""

    def __init__(self, random: Random, days: int, until: datetime) -> None:
        self.random, self.until = random, until
        self.days = [(until - timedelta(days=n)).astimezone(PARIS).date() for n in range(days)]

    @cached_property
    def _working(self) -> list:
        return [day for day in self.days if is_working_day(day)] or self.days

    def arrival(self, *, at_desk: bool) -> datetime:
        """Return an instant not later than ``until``: a counter is closed at night, a mailbox is not."""
        day = self.random.choice(self._working if at_desk or self.random.random() < 0.85 else self.days)
        hour = self.random.choice(DESK_HOURS if at_desk else MAIL_HOURS)
        at = datetime.combine(day, time(hour, self.random.randrange(60), self.random.randrange(60)), PARIS)
        return min(at, self.until - timedelta(minutes=self.random.randint(1, 240)))

    def later(self, at: datetime, hours: float) -> datetime:
        """Return some time after ``at``, about ``hours`` later, never after ``until``."""
        return min(at + timedelta(hours=self.random.uniform(0.1, 2) * hours), self.until)
