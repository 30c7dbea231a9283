"""The numbers beside the lists: all of them in one statement, each counted up to a cap."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.lib import few_people, french
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors.ordering import Mark, Sort

CAP = 1000
FEW = few_people.FEW


@dataclass(frozen=True, slots=True)
class Count:
    """A number as it may be shown; hidden ones say « moins de 5 » (threats: A02)."""

    figure: int
    is_hidden: bool = False
    cap: int = CAP

    def __str__(self) -> str:
        if self.is_hidden and self.figure < FEW:
            return _("moins de %(n)s") % {"n": FEW}
        if self.figure > self.cap:
            return _("plus de %(n)s") % {"n": french.number(self.cap)}
        return french.number(self.figure)


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a triage page; ``channels`` is empty when the list exceeds the cap.

    ``newest_id`` is the last ticket created: what came later is new to the page.
    """

    views: dict[str, int]
    channels: dict[str, int]
    newest_id: int


Piece = tuple[str, Sequence[Any]]


def count_lists(lists: dict[str, TicketQuerySet], current: TicketQuerySet) -> Counts:
    """Count every list, and the current one by channel, in one statement."""
    pieces = [_count_capped(tickets) for tickets in lists.values()]
    pieces.append(_count_by_channel(current))
    pieces.append(("SELECT id FROM tickets_ticket ORDER BY id DESC LIMIT 1", ()))
    *numbers, channels, newest = _one_row(pieces)
    return Counts(dict(zip(lists, numbers, strict=True)), json.loads(channels or "{}"), newest or 0)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a ticket in a list: neighbours, rank (0 when it has left the list) and total."""

    previous: str
    next: str
    rank: int
    total: int

    @property
    def words(self) -> str:
        """Return « 2 sur 23 », or « 23 demandes » when the ticket is no longer among them."""
        total = _("plus de %(n)s") % {"n": french.number(CAP)} if self.total > CAP else str(self.total)
        if self.rank and self.rank <= CAP:
            return _("%(rank)s sur %(total)s") % {"rank": self.rank, "total": total}
        return ngettext("%(n)s demande", "%(n)s demandes", self.total) % {"n": total}


# The list is inlined in each part, so that each enters the list's index at the place of the ticket.
AROUND = """
WITH list AS NOT MATERIALIZED ({tickets})
SELECT (SELECT reference FROM list WHERE {earlier} ORDER BY place {back}, id {back} LIMIT 1),
       (SELECT reference FROM list WHERE {later} ORDER BY place {forth}, id {forth} LIMIT 1),
       (SELECT count(*) FROM (SELECT 1 FROM list WHERE {earlier} LIMIT %(cap)s) e),
       (SELECT count(*) FROM (SELECT 1 FROM list LIMIT %(cap)s) a),
       EXISTS (SELECT 1 FROM list WHERE id = %(id)s)
"""


def read_neighbours(tickets: TicketQuerySet, sort: Sort, mark: Mark) -> Neighbours:
    """Read the neighbours of a ticket in a list, whether it is still in it or not: one statement."""
    columns = tickets.annotate(place=F(sort.column)).values_list("id", "reference", "place")
    inner, given = _piece(columns)
    if inner == "SELECT NULL":
        return Neighbours("", "", 0, 0)
    below, above = _sides(mark)
    back, forth = ("ASC", "DESC") if sort.is_descending else ("DESC", "ASC")
    earlier, later = (above, below) if sort.is_descending else (below, above)
    params = {"at": mark.at, "id": mark.id, "cap": CAP + 1, **{f"p{n}": v for n, v in enumerate(given)}}
    named = inner % tuple(f"%(p{n})s" for n in range(len(given)))
    sql = AROUND.format(tickets=named, earlier=earlier, later=later, back=back, forth=forth)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        previous, following, before, total, is_there = cursor.fetchone()
    return Neighbours(previous or "", following or "", before + 1 if is_there else 0, total)


def _sides(mark: Mark) -> tuple[str, str]:
    """Return what is before a place and what is after; rows without a date sort above all dates."""
    if mark.at is None:
        return "(place IS NOT NULL OR id < %(id)s)", "place IS NULL AND id > %(id)s"
    above = "((place, id) > (%(at)s, %(id)s) OR place IS NULL)"
    return "(place, id) < (%(at)s, %(id)s)", above


def _piece(query: Any) -> Piece:
    try:
        sql, params = query.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL", ()
    return sql, params


def _count_capped(tickets: TicketQuerySet) -> Piece:
    sql, params = _piece(tickets.values("pk")[: CAP + 1])
    return ("SELECT 0", ()) if sql == "SELECT NULL" else (f"SELECT count(*) FROM ({sql}) c", params)  # noqa: S608


def _count_by_channel(tickets: TicketQuerySet) -> Piece:
    sql, params = _piece(tickets.values("channel")[: CAP + 1])
    if sql == "SELECT NULL":
        return sql, params
    grouped = f"SELECT channel, count(*) AS n FROM ({sql}) c GROUP BY channel"  # noqa: S608
    whole = f"SELECT jsonb_object_agg(channel, n) FROM ({grouped}) g HAVING sum(n) <= {CAP}"  # noqa: S608
    return whole, params


def _one_row(pieces: list[Piece]) -> list[Any]:
    """Run several single-value queries as one statement; only their parameters vary."""
    sql = "SELECT " + ", ".join(f"({piece})" for piece, _params in pieces)
    params = [value for _piece_sql, values in pieces for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchone())
