"""How long a ticket is stored: three periods, read from its topic in the catalog (threats: P03).

In the active base until ``active_months`` after the last contact; then in the restricted archive for
``archive_months``; then it ends, and waits for the archivist's approval.
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
        """Return the day it leaves the active base."""
        return add_months(last_contact, self.active_months)

    def ends_on(self, last_contact: date) -> date:
        """Return the day from which nothing justifies storing it."""
        return add_months(last_contact, self.months)


def rule_of(topic: Topic | None) -> Rule:
    """Return a topic's own periods; those of the authority when not set, or when the ticket is unsorted."""
    active = topic.retention_months if topic else None
    archive = topic.archive_months if topic else None
    return Rule(settings.RETENTION_MONTHS if active is None else active, archive or 0)
