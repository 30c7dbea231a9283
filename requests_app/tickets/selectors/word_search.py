"""Search tickets by the text of their messages, whatever the channel, within the agent's scope (A02).

Accents, case and endings do not count. What has just arrived is found: the index is written by
the same statement as the text.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from requests_app.access.scope import Scope
from requests_app.lib.excerpts import beginnings, digits_of, split_around
from requests_app.lib.phones import as_dialled, is_number
from requests_app.lib.text import words
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors.rows import TicketRow, rows_of

PAGE = 25
CAP = 1_000  # nobody counts beyond it
RARE = 5_000  # matching messages: up to there, they are found first and sorted afterwards
MIN_BEGINNING_LENGTH = 3  # characters of an unfinished word
MAX_LENGTH = 200
_NAMED = re.compile(r"%\((\w+)\)s")

# The terms of a touchpoint, as its telephone numbers are indexed (migration 0022).
NUMBERS = """tickets_numbers_in(left(t.sender || ' ' || t.subject || ' ' ||
    CASE WHEN t.reply_text <> '' THEN t.reply_text ELSE t.text END, 50000))"""
# The terms as PostgreSQL searches them; the last may be unfinished: « coup » finds « coupure ».
QUERY = "websearch_to_tsquery('public.fr_gru', %(asked)s)"
WHOLE = f"t.search_words @@ {QUERY}"
BEGUN = (
    f"t.search_words @@ ({QUERY} ||"
    " (plainto_tsquery('public.fr_gru', %(before)s) && to_tsquery('simple', %(begun)s)))"
)
NUMBER = f"({WHOLE} OR {NUMBERS} && string_to_array(%(numbers)s, ' '))"
COUNT = """
SELECT count(*) FROM (SELECT 1 FROM tickets_touchpoint t WHERE {query} LIMIT %(cap)s) x
"""
# Two plans for one condition: rare matches are found by the index, frequent ones by walking back in time.
# The array is read whole first: asked for the newest only, the planner would walk through all messages.
AMONG_FEW = """tickets_ticket.id = ANY (ARRAY(SELECT t.ticket_id FROM tickets_touchpoint t
                                              WHERE {query}))"""
AMONG_MANY = """EXISTS (SELECT 1 FROM tickets_touchpoint t
                          WHERE t.ticket_id = tickets_ticket.id AND {query})"""
TEXTS = """
SELECT DISTINCT ON (t.ticket_id) t.ticket_id, t.occurred_at,
       left(CASE WHEN t.reply_text <> '' THEN t.reply_text ELSE t.text END, 4000)
  FROM tickets_touchpoint t
 WHERE t.ticket_id = ANY(%(tickets)s) AND {query}
 ORDER BY t.ticket_id, t.id DESC
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A ticket found; ``before``, ``match`` and ``after`` are the text around it, empty when reserved."""

    row: TicketRow
    at: datetime
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Hits:
    """One page. ``total`` is None beyond ``CAP``; ``next`` is where the next page begins."""

    items: list[Hit]
    total: int | None
    next: int | None


def search_words(scope: Scope, asked: str, *, now: datetime, below: int | None = None) -> Hits:
    """Search tickets whose messages hold these terms, newest first; four statements."""
    query = _query(_clean(asked))
    holding = _count(query) if query else 0
    if query is None or not holding:
        return Hits([], 0, None)
    is_rare = holding <= RARE
    matching = _matching(scope, query, is_rare=is_rare)
    total = matching[: CAP + 1].count() if is_rare else CAP + 1
    page = matching.filter(pk__lt=below) if below else matching
    rows = rows_of(page.order_by("-pk"), scope=scope, now=now, limit=PAGE + 1)
    shown, texts, looked_for = rows[:PAGE], _texts(query, rows[:PAGE]), _pattern(asked)
    hits = [_hit(row, *texts[row.id], looked_for) for row in shown if row.id in texts]
    following = shown[-1].id if len(rows) > PAGE else None
    return Hits(hits, total if total <= CAP else None, following)


def find_tickets(scope: Scope, asked: str) -> TicketQuerySet:
    """Return all that ``search_words`` shows page by page, not yet read; one statement."""
    query = _query(_clean(asked))
    if query is None:
        return Ticket.objects.none()
    return _matching(scope, query, is_rare=_count(query) <= RARE)


def _clean(asked: str) -> str:
    return asked[:MAX_LENGTH].replace("\x00", " ")


@dataclass(frozen=True, slots=True)
class Query:
    """The terms in SQL, and their parameters."""

    sql: str
    values: dict[str, str]

    def insert_into(self, statement: str) -> str:
        return statement.format(query=self.sql)


def _query(asked: str) -> Query | None:
    """Build the query; None when there is nothing to search for."""
    if not words(asked):
        return None
    if is_number(asked):
        return Query(NUMBER, {"asked": asked, "numbers": " ".join(as_dialled(asked))})
    before, _space, last = asked.rstrip().rpartition(" ")
    begun = "".join(words(last)[-1:])
    if len(begun) < MIN_BEGINNING_LENGTH or asked.endswith((" ", '"')) or last.startswith("-"):
        return Query(WHOLE, {"asked": asked})
    return Query(BEGUN, {"asked": asked, "before": before, "begun": f"{begun}:*"})


def _pattern(asked: str) -> re.Pattern[str]:
    return digits_of(asked) if is_number(asked) else beginnings(asked)


def _count(query: Query) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query.insert_into(COUNT), {**query.values, "cap": RARE + 1})
        return cursor.fetchone()[0]


def _matching(scope: Scope, query: Query, *, is_rare: bool) -> TicketQuerySet:
    sql = query.insert_into(AMONG_FEW if is_rare else AMONG_MANY)
    holds = RawSQL(*_positional(sql, query.values), output_field=BooleanField())  # noqa: S611 - values apart
    return Ticket.objects.readable(scope).filter(holds)


def _positional(sql: str, values: dict[str, str]) -> tuple[str, list[str]]:
    """Turn named parameters into positional ones, as Django expects."""
    names = _NAMED.findall(sql)
    return _NAMED.sub("%s", sql), [values[name] for name in names]


def _texts(query: Query, rows: list[TicketRow]) -> dict[int, tuple[datetime, str]]:
    """Return the latest matching message of each ticket."""
    with connection.cursor() as cursor:
        cursor.execute(query.insert_into(TEXTS), {**query.values, "tickets": [row.id for row in rows]})
        return {ticket: (at, text) for ticket, at, text in cursor.fetchall()}


def _hit(row: TicketRow, at: datetime, text: str, looked_for: re.Pattern[str]) -> Hit:
    return Hit(row, at, "", "", "") if row.is_sensitive else Hit(row, at, *split_around(text, looked_for))
