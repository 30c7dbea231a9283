"""What an agent must do by hand: asked by what went wrong, done by a person, or dropped with its cause.

The ticket counts its open tasks, so that a list finds them without reading theirs. Its version stays:
nothing that an agent read or typed is concerned.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Event, Task, Ticket
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services.moves import require_handler_here


class AlreadyDone(Refused):
    message = _("C’est déjà fait.")


class AskedAgain(Refused):
    message = _("C’est déjà de nouveau à faire.")


@transaction.atomic
def ask(
    *, ticket: Ticket, kind: str, text: str, key: str, at: datetime, due_at: datetime | None = None
) -> Task:
    """Ask for something to be done; while it is to do, a second time for the same cause changes nothing."""
    fields = {"ticket": ticket, "kind": kind, "text": text[:300], "created_at": at, "due_at": due_at}
    task, is_new = Task.objects.to_do().get_or_create(key=key, defaults=fields)
    if is_new:
        _count(task, 1)
    return task


@transaction.atomic
def ask_all(asked: Sequence[Task]) -> None:
    """Ask for many things at once; what is already to do stays as it is. Four statements, however many."""
    keys = [task.key for task in asked]
    known = set(Task.objects.to_do().filter(key__in=keys).values_list("key", flat=True))
    fresh = [task for task in asked if task.key not in known]
    Task.objects.bulk_create(fresh)
    per_ticket = Counter(task.ticket_id for task in fresh)
    for count in set(per_ticket.values()):
        tickets = [pk for pk, asked_times in per_ticket.items() if asked_times == count]
        Ticket.objects.filter(pk__in=tickets).update(tasks_count=F("tasks_count") + count)


@transaction.atomic
def finish(*, task: Task, by: User, at: datetime) -> None:
    """It is done; whoever comes second is told so."""
    _require_doer(task, by)
    if not Task.objects.to_do().filter(pk=task.pk).update(done_at=at, done_by=by):
        raise AlreadyDone
    _count(task, -1)
    _tell(task, Event.Kind.TASK_DONE, by, at)


@transaction.atomic
def undo_finish(*, task: Task, by: User, at: datetime) -> None:
    """It was not done after all; only what a person has done comes back."""
    _require_doer(task, by)
    done = Task.objects.filter(pk=task.pk).exclude(done_by=None)
    try:
        with transaction.atomic():
            undone = done.update(done_at=None, done_by=None)
    except IntegrityError as error:
        raise AskedAgain from error
    if not undone:
        raise AskedAgain
    _count(task, 1)
    _tell(task, Event.Kind.TASK_UNDONE, by, at)


@transaction.atomic
def drop(*, key: str, at: datetime) -> bool:
    """The cause has gone: nobody needs to do it any more. False when nothing was to do."""
    task = Task.objects.to_do().filter(key=key).first()
    if task is None or not Task.objects.to_do().filter(pk=task.pk).update(done_at=at):
        return False
    _count(task, -1)
    return True


def _require_doer(task: Task, by: User) -> None:
    """Whoever reads a ticket may call its person or see to its appointment; the rest is for its handlers."""
    ticket = task.ticket
    if task.kind not in (Task.Kind.CALL, Task.Kind.APPOINTMENT):
        require_handler_here(ticket, by)
        return
    after = survivor_of(ticket)
    if after.is_sensitive or not ticket.is_sensitive:
        ticket = after
    if not scope_of(by).can_note(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed


def _count(task: Task, change: int) -> None:
    Ticket.objects.filter(pk=task.ticket_id).update(tasks_count=F("tasks_count") + change)


def _tell(task: Task, kind: str, by: User, at: datetime) -> None:
    data = {"to": str(Task.Kind(task.kind).label), "reason": task.text}
    Event.objects.create(ticket_id=task.ticket_id, kind=kind, by=by, at=at, data=data)
