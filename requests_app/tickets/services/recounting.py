"""Count again what tickets count by hand, and say where both differ.

A list reads ``tasks_count`` and ``files_count`` on the ticket instead of joining two tables; each service
that adds or removes a row changes them. The statistics are not here: each sweep counts them again.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.tickets.models import Attachment, Ticket, ToDo, Touchpoint
from requests_app.tickets.selectors.family import ends_of

AT_ONCE = 500
Numbers = dict[int, int]  # by ticket; no zero
Ids = Collection[int] | None


@dataclass(frozen=True, slots=True)
class HandCount:
    """A column that repeats a number of rows; ``count`` counts them, of some tickets or of all.

    ``where`` is which tickets the column is true of.
    """

    column: str
    label: Promise
    count: Callable[[Ids], Numbers]
    where: Q


@dataclass(frozen=True, slots=True)
class Difference:
    """A ticket whose column says another number than its rows."""

    ticket_id: int
    hand_count: HandCount
    stored: int
    counted: int


def count_tasks(ids: Ids = None) -> Numbers:
    """Count open tasks where the ticket goes on: those of a merged one count at its survivor."""
    tasks = ToDo.objects.to_do().annotate(end=Coalesce("ticket__merged_into", "ticket"))
    return _count_by_ticket(tasks if ids is None else tasks.filter(end__in=ids), "end")


def count_files(ids: Ids = None) -> Numbers:
    """Count files received as merging and splitting do: at the survivor, and at both ends of a split."""
    total: Counter[int] = Counter()
    for ticket in ("touchpoint__ticket", "touchpoint__split_tickets"):
        for end in (ticket, f"{ticket}__merged_into"):
            asked = Q(**{f"{end}__isnull": False}, touchpoint__direction=Touchpoint.Direction.IN)
            asked &= Q() if ids is None else Q(**{f"{end}__in": ids})
            asked &= Q(**{f"{ticket}__merged_into": None}) if end == ticket else Q()
            total.update(_count_by_ticket(Attachment.objects.filter(asked), end))
    return dict(total)


TASKS = HandCount("tasks_count", _("Tâches à faire"), count_tasks, Q())
# A merged ticket keeps the number it had; it is counted again on the day it is separated.
FILES = HandCount("files_count", _("Fichiers reçus"), count_files, Q(merged_into=None))
HAND_COUNTS = (TASKS, FILES)


def find_differences(hand_count: HandCount, ids: Ids = None) -> list[Difference]:
    """Return the tickets, in their order, whose column differs; five statements at most, however many."""
    counted, stored = hand_count.count(ids), _read_stored(hand_count, ids)
    return [
        Difference(pk, hand_count, stored.get(pk, 0), counted.get(pk, 0))
        for pk in sorted(counted.keys() | stored.keys())
        if stored.get(pk, 0) != counted.get(pk, 0)
    ]


def find_all_differences() -> list[Difference]:
    """Return those of every count."""
    return [found for hand_count in HAND_COUNTS for found in find_differences(hand_count)]


def fix(found: Collection[Difference]) -> int:
    """Write what is counted once the tickets are locked; return how many changed.

    Their version stays: nothing that an agent read or typed is concerned.
    """
    changed = 0
    for hand_count in HAND_COUNTS:
        ids = [each.ticket_id for each in found if each.hand_count is hand_count]
        for start in range(0, len(ids), AT_ONCE):
            changed += _fix(hand_count, ids[start : start + AT_ONCE])
    return changed


def recount_files(ticket_ids: Collection[int]) -> None:
    """Count the files of these tickets again, where each goes on; nine statements at most."""
    _fix(FILES, list(ends_of(ticket_ids)))


@transaction.atomic
def _fix(hand_count: HandCount, ids: Sequence[int]) -> int:
    locked = Ticket.objects.select_for_update().filter(pk__in=ids).order_by("pk").only("pk")
    rows = {ticket.pk: ticket for ticket in locked}
    still = find_differences(hand_count, list(rows))
    for each in still:
        setattr(rows[each.ticket_id], hand_count.column, each.counted)
    Ticket.objects.bulk_update([rows[each.ticket_id] for each in still], [hand_count.column])
    return len(still)


def _read_stored(hand_count: HandCount, ids: Ids) -> Numbers:
    tickets = Ticket.objects.filter(hand_count.where, **{f"{hand_count.column}__gt": 0})
    rows = tickets if ids is None else tickets.filter(pk__in=ids)
    return dict(rows.values_list("pk", hand_count.column))


def _count_by_ticket(rows: QuerySet[Any], end: str) -> Numbers:
    return dict(rows.order_by().values_list(end).annotate(rows=Count("pk")))
