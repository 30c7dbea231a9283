"""What stands beside a ticket's thread: what is to do, linked tickets, participants, mandates.

One hand-written statement: each of these would be one more on every page.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from requests_app.access.scope import Scope
from requests_app.casefile.linked_tickets import LinkedTicket, mark_first, read_linked
from requests_app.people.mandates import Representation, representation_of
from requests_app.people.models import AccessNeed
from requests_app.people.selectors import NeedRow as Need
from requests_app.people.selectors import mark_contrary
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.selectors.contact_info import Other, other_of, other_tickets_of
from requests_app.tickets.selectors.family import family_of
from requests_app.tickets.selectors.person_proposals import MAX_SHOWN, Pending, pending_of
from requests_app.tickets.selectors.taking_part import TakingPart, taking_part
from requests_app.tickets.services.spoken_receipts import PREFIX

MAX_LINKS = 20
NUMBER = re.compile(r"\d(?:[ \u00a0]?\d){8}")

BESIDE = """
SELECT (SELECT jsonb_agg(jsonb_build_array(t.id, t.kind, t.text, t.created_at, t.due_at, t.key)
                         ORDER BY t.due_at, t.id)
          FROM tickets_task t WHERE t.ticket_id = ANY(%s) AND t.done_at IS NULL),
       (SELECT jsonb_agg(jsonb_build_array(p.id, p.address, p.name, p.role, p.may_receive, p.added_by_id)
                         ORDER BY p.added_at, p.id)
          FROM tickets_participant p WHERE p.ticket_id = ANY(%s) AND p.removed_at IS NULL),
       (SELECT jsonb_agg(jsonb_build_object(
                 'id', l.id, 'kind', l.kind, 'is_accepted', l.is_accepted, 'is_ours', l.is_ours,
                 'created_at', l.created_at, 'decided_at', l.decided_at,
                 'given', u.given_name, 'family', u.family_name, 'username', u.username,
                 'reference', k.reference, 'state', k.state, 'is_sensitive', k.is_sensitive,
                 'maison_id', k.maison_id, 'shared_with', k.shared_with, 'place', m.label,
                 'subject', k.subject, 'sender', k.sender,
                 'is_same_person', k.person_id IS NOT DISTINCT FROM %s,
                 'is_merged', k.merged_into_id IS NOT NULL,
                 'topic_id', k.topic_id, 'proposed_id', k.proposed_topic_id) ORDER BY l.created_at, l.id)
          FROM (SELECT * FROM (
                  SELECT a.*, a.to_ticket_id AS other_id, true AS is_ours
                    FROM tickets_ticketlink a WHERE a.from_ticket_id = ANY(%s)
                   UNION ALL
                  SELECT b.*, b.from_ticket_id, false FROM tickets_ticketlink b WHERE b.to_ticket_id = ANY(%s)
                 ) both_ways WHERE is_accepted IS DISTINCT FROM false
                 ORDER BY is_accepted NULLS LAST, created_at DESC LIMIT {limit}) l
          JOIN tickets_ticket k ON k.id = l.other_id
          LEFT JOIN maisons_maison m ON m.id = k.maison_id
          LEFT JOIN accounts_user u ON u.id = l.decided_by_id
         WHERE l.other_id <> ALL(%s)),
       (SELECT jsonb_agg(jsonb_build_object('kind', n.kind, 'detail', n.detail,
                                            'is_confirmed', n.is_confirmed) ORDER BY n.said_at, n.id)
          FROM people_accessneed n WHERE n.person_id = %s),
       (SELECT jsonb_agg(q) FROM (
          SELECT r.id, r.kind, r.need, r.detail, r.contact_kind, r.contact_value, r.said_at,
                 u.given_name AS given, u.family_name AS family, u.username
            FROM tickets_personproposal r LEFT JOIN accounts_user u ON u.id = r.author_id
           WHERE r.ticket_id = ANY(%s) AND r.is_accepted IS NULL ORDER BY r.id LIMIT {proposals}) q),
       (SELECT jsonb_agg(jsonb_build_object(
                 'id', d.id, 'kind', d.kind, 'holder', d.holder, 'address', d.address,
                 'receives', d.receives, 'starts_on', d.starts_on, 'ends_on', d.ends_on)
                         ORDER BY d.starts_on, d.id)
          FROM people_mandate d WHERE d.person_id = %s AND d.removed_at IS NULL
           AND d.starts_on <= %s AND (d.ends_on IS NULL OR d.ends_on >= %s)),
       (SELECT jsonb_agg(o) FROM ({others}) o)
"""
NOBODY = "SELECT 1 WHERE false"


@dataclass(frozen=True, slots=True)
class ToDoRow:
    """One thing to do by hand; ``title`` is its kind.

    ``needs_number``: a call whose text has no number. ``reads_receipt``: a call that reads the receipt out.
    """

    id: int
    title: str
    text: str
    created_at: datetime
    due_at: datetime | None
    needs_number: bool = False
    reads_receipt: bool = False


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The whole sidebar; the person's other tickets are within the agent's scope, newest first."""

    tasks: list[ToDoRow]
    participants: list[TakingPart]
    links: list[LinkedTicket]
    needs: list[Need]
    proposals: list[Pending]
    mandates: list[Representation]
    others: list[Other]


def read_sidebar(ticket: Ticket, *, scope: Scope, topics: Mapping[int, str], on: date) -> Sidebar:
    """Read it all; ``topics`` are the labels by key, which the page has in memory.

    The mandates are those in force on that day.
    """
    others, given = (
        other_tickets_of(ticket, scope=scope).query.sql_with_params()
        if ticket.person_id is not None
        else (NOBODY, ())
    )
    with connection.cursor() as cursor:
        sql = BESIDE.format(others=others, limit=MAX_LINKS, proposals=MAX_SHOWN)
        family = family_of(ticket)
        person = ticket.person_id
        cursor.execute(sql, [family, family, person, *[family] * 3, person, family, person, on, on, *given])
        tasks, people, links, needs, said, acting, found = (
            json.loads(column or "[]") for column in cursor.fetchone()
        )
    can_decide = scope.can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
    return Sidebar(
        tasks=[_todo(*task) for task in tasks],
        participants=[taking_part(*each) for each in people],
        links=mark_first([read_linked(row, scope=scope, topics=topics) for row in links]),
        needs=mark_contrary([AccessNeed(**need) for need in needs]),
        proposals=[_proposal(row, can_decide) for row in said],
        mandates=[representation_of(row) for row in acting],
        others=[other_of(**other) for other in found],
    )


def _proposal(row: dict[str, Any], can_decide: bool) -> Pending:
    row["said_at"] = datetime.fromisoformat(row["said_at"])
    return pending_of(row, is_whole=can_decide, can_decide=can_decide)


def _todo(pk: int, kind: str, text: str, created_at: str, due_at: str | None, key: str) -> ToDoRow:
    due = datetime.fromisoformat(due_at) if due_at else None
    needs_number = kind == ToDo.Kind.CALL and not NUMBER.search(text)
    created = datetime.fromisoformat(created_at)
    return ToDoRow(pk, str(ToDo.Kind(kind).label), text, created, due, needs_number, key.startswith(PREFIX))
