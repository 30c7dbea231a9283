"""Raw rows of a thread, in hand-written SQL: built by the ORM, these two statements cost 3 ms per page."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from requests_app.tickets.models import Ticket
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.selectors.family import family_of
from requests_app.tickets.selectors.ordering import Mark

MAX_CHARACTERS = 100_000  # of one message; the raw arrival stores the rest

# Newest first, each with its files, its agent, its Maison and how it left.
TOUCHPOINTS = """
SELECT t.id, t.channel, t.direction, t.occurred_at, t.sender, t.subject,
       left(t.text, %(characters)s), left(t.reply_text, %(characters)s), t.facts, t.remarks, t.html <> '',
       u.given_name, u.family_name, u.username, m.label, o.state, o.reason, o.message_id,
       CASE WHEN o.state = 'queued' AND o.attempts > 0 THEN o.try_after END,
       CASE WHEN o.state = 'queued' AND o.attempts = 0 THEN o.try_after END,
       (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'size', a.size,
                                            'content_type', a.content_type, 'word', a.word,
                                            'control', a.control) ORDER BY a.id)
          FROM tickets_attachment a WHERE a.touchpoint_id = t.id),
       (SELECT jsonb_agg(jsonb_build_object('at', s.at, 'text', s.text) ORDER BY s.at, s.id)
          FROM outbox_outgoingstep s WHERE s.outgoing_id = o.id)
  FROM tickets_touchpoint t
  LEFT JOIN accounts_user u ON u.id = t.author_id
  LEFT JOIN maisons_maison m ON m.id = t.maison_id
  LEFT JOIN outbox_outgoing o ON o.id = t.outgoing_id
 WHERE {whose} {condition}
 ORDER BY t.occurred_at DESC, t.id DESC
 LIMIT %(limit)s
"""
# Compared to one id, an index returns them in order; most tickets have no merged one.
OWN, FAMILY = "t.ticket_id = %(ticket)s", "t.ticket_id = ANY(%(family)s)"
SPLIT = "({own} OR t.id = %(split_from)s)"
EARLIER = "AND (t.occurred_at, t.id) < (%(at)s, %(id)s)"
RECEIVED = "AND t.direction = 'in'"

# Notes and events of the span of one page, either end may be open; a merge is told by both tickets.
ASIDES = """
(SELECT n.created_at AS at, n.id, 'note', u.given_name, u.family_name, u.username, n.text, NULL::jsonb
   FROM tickets_note n JOIN accounts_user u ON u.id = n.author_id
  WHERE n.ticket_id = ANY(%(family)s) AND n.created_at >= %(since)s AND n.created_at < %(until)s)
UNION ALL
(SELECT e.at, e.id, e.kind, u.given_name, u.family_name, u.username, '', e.data
   FROM tickets_event e LEFT JOIN accounts_user u ON u.id = e.by_id
  WHERE e.ticket_id = ANY(%(family)s) AND e.at >= %(since)s AND e.at < %(until)s
    AND (e.ticket_id = %(ticket)s OR e.kind NOT IN ('merged', 'unmerged')
         OR e.data->>'to' = (SELECT k.reference FROM tickets_ticket k WHERE k.id = e.ticket_id)))
ORDER BY at DESC
LIMIT %(limit)s
"""
ALWAYS, NEVER = "-infinity", "infinity"


class TouchpointRow(NamedTuple):
    """One touchpoint as read."""

    id: int
    channel: str
    direction: str
    occurred_at: datetime
    sender: str
    subject: str
    text: str
    reply_text: str
    facts: TouchpointFacts
    remarks: list[Any]
    has_html: bool
    agent: str
    maison: str
    delivery: str
    why_not: str
    message_id: str
    next_try_at: datetime | None
    planned_at: datetime | None
    files: list[dict[str, Any]]
    steps: list[dict[str, Any]]


class AsideRow(NamedTuple):
    """A note or an event as read; ``kind`` is « note » or that of the event."""

    at: datetime
    id: int
    kind: str
    agent: str
    text: str
    data: dict[str, Any]


def touchpoint_rows(ticket: Ticket, *, before: Mark | None, limit: int) -> list[TouchpointRow]:
    """Read the last touchpoints of a ticket, or the last before a place: one statement."""
    place = {"at": before.at, "id": before.id} if before else {}
    return _touchpoints(ticket, EARLIER if before else "", limit=limit, **place)


def received_rows(ticket: Ticket) -> list[TouchpointRow]:
    """Read the last touchpoint received, if any."""
    return _touchpoints(ticket, RECEIVED, limit=1)


def aside_rows(
    ticket: Ticket, *, since: datetime | None, until: datetime | None, limit: int
) -> list[AsideRow]:
    """Read notes and events between two instants: one statement."""
    span = {"since": since or ALWAYS, "until": until or NEVER}
    ids = {"ticket": ticket.pk, "family": family_of(ticket)}
    rows = _fetch(ASIDES, {**ids, "limit": limit, **span})
    return [
        AsideRow(at, pk, kind, agent_name(given, family, username), text, json.loads(data or "{}"))
        for at, pk, kind, given, family, username, text, data in rows
    ]


def agent_name(given: str | None, family: str | None, username: str | None) -> str:
    """Format a name as ``User.full_name`` does; "" when nobody did it."""
    return f"{given or ''} {family or ''}".strip() or username or ""


def _touchpoints(ticket: Ticket, condition: str, **params: Any) -> list[TouchpointRow]:
    family = family_of(ticket)
    whose = OWN if len(family) == 1 else FAMILY
    if ticket.split_from_id:
        whose = SPLIT.format(own=whose)
    ids = {"ticket": ticket.pk, "family": family, "split_from": ticket.split_from_id}
    sql = TOUCHPOINTS.format(whose=whose, condition=condition)
    rows = _fetch(sql, {"characters": MAX_CHARACTERS, **ids, **params})
    return [_touchpoint(*row) for row in rows]


def _touchpoint(*row: Any) -> TouchpointRow:
    (
        *plain,
        facts,
        remarks,
        has_html,
        given,
        family,
        username,
        maison,
        delivery,
        why,
        number,
        due,
        planned,
        files,
        steps,
    ) = row
    return TouchpointRow._make(
        (
            *plain,
            json.loads(facts),
            json.loads(remarks),
            has_html,
            agent_name(given, family, username),
            maison or "",
            delivery or "",
            why or "",
            number or "",
            due,
            planned,
            json.loads(files or "[]"),
            json.loads(steps or "[]"),
        )
    )


def _fetch(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
