"""Ask for what an agent must do by hand, or drop it with its cause: messages and services both do.

The ticket counts its open tasks, so that a list finds them without reading theirs; those of a merged one
are counted where it goes on. Its version stays: nothing that an agent read or typed is concerned. Who does
them is in ``services/todos.py``.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.selectors.family import ends_of


@transaction.atomic
def ask(
    *, ticket: Ticket, kind: str, text: str, key: str, at: datetime, due_at: datetime | None = None
) -> ToDo:
    """Create a task; while one is open for the same cause, nothing changes."""
    fields = {"ticket": ticket, "kind": kind, "text": text[:300], "created_at": at, "due_at": due_at}
    task, is_new = ToDo.objects.to_do().get_or_create(key=key, defaults=fields)
    if is_new:
        change_count(task.ticket_id, 1)
    return task


@transaction.atomic
def ask_all(asked: Sequence[ToDo]) -> None:
    """Create many tasks; those already open stay as they are. Four statements, however many."""
    keys = [task.key for task in asked]
    known = set(ToDo.objects.to_do().filter(key__in=keys).values_list("key", flat=True))
    fresh = [task for task in asked if task.key not in known]
    ToDo.objects.bulk_create(fresh)
    per_ticket = Counter(task.ticket.merged_into_id or task.ticket_id for task in fresh)
    for count in set(per_ticket.values()):
        tickets = [pk for pk, asked_times in per_ticket.items() if asked_times == count]
        Ticket.objects.filter(pk__in=tickets).update(tasks_count=F("tasks_count") + count)


@transaction.atomic
def drop(*, key: str, at: datetime) -> bool:
    """Drop a task whose cause has disappeared; return False when there was none."""
    task = ToDo.objects.to_do().filter(key=key).first()
    if task is None or not ToDo.objects.to_do().filter(pk=task.pk).update(done_at=at):
        return False
    change_count(task.ticket_id, -1)
    return True


def change_count(ticket_id: int, change: int) -> None:
    """Change the number of open tasks of a ticket, where it is counted."""
    there = Ticket.objects.filter(pk__in=ends_of([ticket_id]))
    there.update(tasks_count=Greatest(F("tasks_count") + change, 0))


def recount(ticket_ids: Collection[int]) -> None:
    """Count the open tasks of tickets just merged, or separated: those of one merged count elsewhere."""
    theirs = ToDo.objects.to_do().filter(Q(ticket=OuterRef("pk")) | Q(ticket__merged_into=OuterRef("pk")))
    counted = Subquery(theirs.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n"))
    own = When(merged_into=None, then=Coalesce(counted, 0))
    Ticket.objects.filter(pk__in=ticket_ids).update(tasks_count=Case(own, default=0))
