"""How long a ticket is stored: three times, read from its topic in the catalog (threats: P03).

In the active base until ``active_months`` after the last contact; then in the restricted archive for
``archive_months``; then it ends, and waits for the archivist's visa.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from requests_app.catalog.models import Topic
from requests_app.lib.months import add_months


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """The months of one topic."""

    active_months: int
    archive_months: int = 0

    @property
    def months(self) -> int:
        return self.active_months + self.archive_months

    def archived_on(self, last_contact: date) -> date:
        """Return the day the active base no longer shows it."""
        return add_months(last_contact, self.active_months)

    def ends_on(self, last_contact: date) -> date:
        """The day nothing says to store it any longer."""
        return add_months(last_contact, self.months)


def rule_of(topic: Topic | None) -> Rule:
    """Return its own months; those of the authority when nobody has said, or nobody has sorted the ticket."""
    active = topic.retention_months if topic else None
    archive = topic.archive_months if topic else None
    return Rule(settings.RETENTION_MONTHS if active is None else active, archive or 0)
