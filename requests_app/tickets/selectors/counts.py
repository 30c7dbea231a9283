"""The figures beside the lists: all of them in one statement, each counted up to a cap."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.lib import french
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors.ordering import Mark, Sort, beyond, ordered

CAP = 1000
FEW = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A figure as it may be shown; hidden ones say « moins de 5 » (threats: A02)."""

    figure: int
    is_hidden: bool = False

    def __str__(self) -> str:
        if self.is_hidden and self.figure < FEW:
            return _("moins de %(n)s") % {"n": FEW}
        if self.figure > CAP:
            return _("plus de %(n)s") % {"n": french.number(CAP)}
        return french.number(self.figure)


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a triage page; ``channels`` is empty when the list passes the cap.

    ``newest_id`` is the last ticket born: what came later is new to the page.
    """

    views: dict[str, int]
    channels: dict[str, int]
    newest_id: int


Piece = tuple[str, Sequence[Any]]


def count_lists(lists: dict[str, TicketQuerySet], current: TicketQuerySet) -> Counts:
    """Count every list, and the current one by channel, in one statement."""
    pieces = [_capped(tickets) for tickets in lists.values()]
    pieces.append(_by_channel(current))
    pieces.append(("SELECT id FROM tickets_ticket ORDER BY id DESC LIMIT 1", ()))
    *figures, channels, newest = _one_row(pieces)
    return Counts(dict(zip(lists, figures, strict=True)), json.loads(channels or "{}"), newest or 0)


@dataclass(frozen=True, slots=True)
class Around:
    """The place of a ticket in a list: neighbours, rank (0 when it has left the list) and total."""

    previous: str
    next: str
    rank: int
    total: int

    @property
    def words(self) -> str:
        """« 2 sur 23 », or « 23 demandes » when the ticket is no longer among them."""
        total = _("plus de %(n)s") % {"n": french.number(CAP)} if self.total > CAP else str(self.total)
        if self.rank and self.rank <= CAP:
            return _("%(rank)s sur %(total)s") % {"rank": self.rank, "total": total}
        return ngettext("%(n)s demande", "%(n)s demandes", self.total) % {"n": total}


def around(tickets: TicketQuerySet, sort: Sort, mark: Mark) -> Around:
    """Read the neighbours of a ticket in a list, whether it is still there or not: one statement."""
    earlier = tickets.filter(beyond(sort, mark, is_backward=True))
    later = tickets.filter(beyond(sort, mark))
    pieces = [
        _piece(ordered(earlier, sort, is_backward=True).values("reference")[:1]),
        _piece(ordered(later, sort).values("reference")[:1]),
        _capped(earlier),
        _capped(tickets),
        _piece(tickets.filter(pk=mark.id).order_by().values("pk")[:1]),
    ]
    previous, following, before, total, found = _one_row(pieces)
    return Around(previous or "", following or "", (before or 0) + 1 if found else 0, total or 0)


def _piece(query: Any) -> Piece:
    try:
        sql, params = query.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL", ()
    return sql, params


def _capped(tickets: TicketQuerySet) -> Piece:
    sql, params = _piece(tickets.order_by().values("pk")[: CAP + 1])
    return ("SELECT 0", ()) if sql == "SELECT NULL" else (f"SELECT count(*) FROM ({sql}) c", params)  # noqa: S608


def _by_channel(tickets: TicketQuerySet) -> Piece:
    sql, params = _piece(tickets.order_by().values("channel")[: CAP + 1])
    if sql == "SELECT NULL":
        return sql, params
    grouped = f"SELECT channel, count(*) AS n FROM ({sql}) c GROUP BY channel"  # noqa: S608
    whole = f"SELECT jsonb_object_agg(channel, n) FROM ({grouped}) g HAVING sum(n) <= {CAP}"  # noqa: S608
    return whole, params


def _one_row(pieces: list[Piece]) -> list[Any]:
    """Run several single-value queries of ours as one statement; only their parameters vary."""
    sql = "SELECT " + ", ".join(f"({piece})" for piece, _params in pieces)
    params = [value for _piece_sql, values in pieces for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchone())
