"""Sorts of a list and keyset pages: a place in a list is a value of the sorted column and an id."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import Scope
from requests_app.tickets.models import Mark as TicketMark
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import TicketQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of the lists; rows without a date come last."""

    code: str
    label: str | Promise
    column: str
    is_descending: bool = False


SORTS = {
    sort.code: sort
    for sort in (
        Sort("attend", _("Attend depuis"), "waiting_since"),
        Sort("recent", _("Les plus récentes"), "waiting_since", is_descending=True),
        Sort("echeance", _("Réponse attendue"), "due_at"),
        Sort("arrivee", _("Date d’arrivée"), "received_at", is_descending=True),
    )
}
DEFAULT_SORT = "attend"
AHEAD = timedelta(days=40 * 365)  # of all that waits
DANGER_FIRST = Sort(DEFAULT_SORT, SORTS[DEFAULT_SORT].label, "danger_first")


def annotate_danger_first(tickets: TicketQuerySet, scope: Scope) -> TicketQuerySet:
    """Annotate what DANGER_FIRST sorts by: dangers before all others, as long as they wait.

    For agents who may not read a ticket, its place reveals no danger (threats: A03).
    """
    told = Q(marks__contains=[TicketMark.DANGER]) & scope.readable_q()
    in_danger = When(told, then=F("waiting_since") - AHEAD)
    return tickets.annotate(danger_first=Case(in_danger, default=F("waiting_since")))


def value_of(sort: Sort, ticket: Ticket, scope: Scope) -> datetime | None:
    """Return the value a ticket is sorted by."""
    if sort == DANGER_FIRST:
        is_read = scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
        return ticket.waiting_since - AHEAD if ticket.is_in_danger and is_read else ticket.waiting_since
    value: datetime | None = getattr(ticket, sort.column)
    return value


@dataclass(frozen=True, slots=True)
class Mark:
    """A place between two rows; ``at`` is None after all dates."""

    at: datetime | None
    id: int

    def __str__(self) -> str:
        """Write « 1762157520000000-42 », for an address."""
        return f"{'x' if self.at is None else (self.at - EPOCH) // MICROSECOND}-{self.id}"

    @classmethod
    def read(cls, written: str) -> "Mark":
        """Parse a place that we wrote; raise ValueError when it is not one."""
        at, dash, pk = written.partition("-")
        if not dash or len(written) > 40 or not pk.isascii() or not pk.isdigit() or len(pk) > 18:
            raise ValueError(written)
        try:
            return cls(None if at == "x" else EPOCH + int(at) * MICROSECOND, int(pk))
        except OverflowError as error:
            raise ValueError(written) from error


def sort_tickets(tickets: TicketQuerySet, sort: Sort, *, is_backward: bool = False) -> TicketQuerySet:
    """Sort as the list does, or backwards from its end."""
    column = F(sort.column)
    if sort.is_descending != is_backward:
        return tickets.order_by(column.desc(nulls_first=True), "-id")
    return tickets.order_by(column.asc(nulls_last=True), "id")


def beyond(sort: Sort, mark: Mark, *, is_backward: bool = False) -> Q:
    """Match what comes after a place in the list, or before it."""
    column, is_up = sort.column, sort.is_descending == is_backward
    side = "gt" if is_up else "lt"
    same_date = Q(**{column: mark.at, f"id__{side}": mark.id})
    if mark.at is None:
        same_date = Q(**{f"{column}__isnull": True, f"id__{side}": mark.id})
        return same_date if is_up else Q(**{f"{column}__isnull": False}) | same_date
    other: dict[str, Any] = {f"{column}__{side}": mark.at}
    # Said twice so that the index is entered at the place: « column >= at AND (…) ».
    near = Q(**{f"{column}__{side}e": mark.at}) & (Q(**other) | same_date)
    return near | Q(**{f"{column}__isnull": True}) if is_up and sort.column == "due_at" else near


def is_beyond(sort: Sort, mark: Mark, other: Mark) -> bool:
    """Tell whether a place comes after another one in the list; rows without a date come after all dates."""
    here, there = ((each.at is None, each.at or EPOCH, each.id) for each in (mark, other))
    return here < there if sort.is_descending else here > there


def just_before(sort: Sort, mark: Mark) -> Mark:
    """Return the place just before a row, after which the list begins with that row."""
    return Mark(mark.at, mark.id + 1 if sort.is_descending else mark.id - 1)
