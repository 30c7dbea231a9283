"""What stands beside the thread of a ticket: what is to do by hand, what else the person asked.

One statement, read by hand: each of these would be one more on every page.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from requests_app.access.scope import Scope
from requests_app.tickets.models import Task, Ticket
from requests_app.tickets.selectors.around_person import Other, hers, other_of

BESIDE = """
SELECT (SELECT jsonb_agg(jsonb_build_array(t.id, t.kind, t.text, t.created_at, t.due_at)
                         ORDER BY t.due_at, t.id)
          FROM tickets_task t WHERE t.ticket_id = %s AND t.done_at IS NULL),
       (SELECT jsonb_agg(o) FROM ({others}) o)
"""
NOBODY = "SELECT 1 WHERE false"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do by hand; ``title`` is its kind."""

    id: int
    title: str
    text: str
    created_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it; the other tickets are within the agent's scope, newest first."""

    tasks: list[ToDo]
    others: list[Other]


def beside(ticket: Ticket, *, scope: Scope) -> Beside:
    """Read it all."""
    others, given = (
        hers(ticket, scope=scope).query.sql_with_params() if ticket.person_id is not None else (NOBODY, ())
    )
    with connection.cursor() as cursor:
        cursor.execute(BESIDE.format(others=others), [ticket.pk, *given])
        tasks, found = (json.loads(column or "[]") for column in cursor.fetchone())
    return Beside([_todo(*task) for task in tasks], [other_of(**other) for other in found])


def _todo(pk: int, kind: str, text: str, created_at: str, due_at: str | None) -> ToDo:
    return ToDo(pk, str(Task.Kind(kind).label), text, datetime.fromisoformat(created_at), _instant(due_at))


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
