"""The values that /metrics shows and `manage doctor` judges: each is read here, and nowhere else."""

from collections import Counter
from datetime import datetime

from django.db import connection
from django.db.models import Count

from channels_app.intake.services import Balance, reconcile, reconcile_recent
from channels_app.sms.budget import segments_left
from gru.metrics.heartbeat import age as scheduler_age
from requests_app.outbox.models import Outgoing
from requests_app.webhooks.selectors import push_lag_s

__all__ = [
    "arrivals",
    "database_connections",
    "max_connections",
    "outgoing_messages",
    "push_lag",
    "scheduler_age",
    "sms_left",
]

# As PostgreSQL says it, as we do; the account may not see what others' connections do.
CONNECTIONS = {
    "active": "active",
    "idle": "idle",
    "idle in transaction": "idle_in_transaction",
    "idle in transaction (aborted)": "idle_in_transaction",
}
OTHER = "other"
BY_STATE = "SELECT state, count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY state"


def arrivals(at: datetime, *, is_whole: bool = False) -> Balance:
    """Count what was received; all of it, or the last day beside the result of the last whole count."""
    return reconcile(at=at) if is_whole else reconcile_recent(at=at)


def outgoing_messages() -> dict[str, int]:
    """Count the messages of the outbox by state, those without any too."""
    counted = dict(Outgoing.objects.order_by().values_list("state").annotate(Count("pk")))
    return {str(state): counted.get(str(state), 0) for state in Outgoing.State}


def database_connections() -> dict[str, int]:
    """Count the connections to our database by what they do, ours and those of others."""
    found = Counter(dict.fromkeys((*CONNECTIONS.values(), OTHER), 0))
    with connection.cursor() as cursor:
        cursor.execute(BY_STATE)
        for state, count in cursor.fetchall():
            found[CONNECTIONS.get(state, OTHER)] += count
    return dict(found)


def max_connections() -> int:
    """Return how many the server accepts, for all databases."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        return int(cursor.fetchone()[0])


def sms_left(at: datetime) -> int:
    """Return the segments that may still be sent today."""
    return segments_left(at)


def push_lag(at: datetime) -> float:
    """Return the age of the oldest event that a subscriber has not received."""
    return push_lag_s(at)
