"""Who has a ticket open right now; the page itself reports it, every fifteen seconds."""

from datetime import datetime, timedelta

from django.db import connection

from requests_app.accounts.models import User
from requests_app.tickets.models import Ticket

KEPT_FOR = timedelta(hours=1)

# One statement: the agent's earlier rows are swept along, so that the table stays as small as a team.
SAY = """
WITH gone AS (DELETE FROM answers_presence
               WHERE agent_id = %(agent)s AND ticket_id <> %(ticket)s AND seen_at < %(before)s)
INSERT INTO answers_presence (ticket_id, agent_id, seen_at) VALUES (%(ticket)s, %(agent)s, %(at)s)
    ON CONFLICT (ticket_id, agent_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
"""


def be_present(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Record that this agent has this ticket open."""
    with connection.cursor() as cursor:
        cursor.execute(SAY, {"ticket": ticket.pk, "agent": by.pk, "at": at, "before": at - KEPT_FOR})
