"""What an agent had to do by hand is done by a person, or not done after all."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Event, ToDo
from requests_app.tickets.models.event_data import ToDoChanged
from requests_app.tickets.selectors.family import acted_as
from requests_app.tickets.services.moves import require_handler
from requests_app.tickets.todos import change_count


class AlreadyDone(Refused):
    message = _("C’est déjà fait.")


class AskedAgain(Refused):
    message = _("C’est déjà de nouveau à faire.")


@transaction.atomic
def finish(*, task: ToDo, by: User, at: datetime) -> None:
    """Mark it done; whoever comes second is told so."""
    _require_doer(task, by)
    if not ToDo.objects.to_do().filter(pk=task.pk).update(done_at=at, done_by=by):
        raise AlreadyDone
    change_count(task.ticket_id, -1)
    _tell(task, Event.Kind.TASK_DONE, by, at)


@transaction.atomic
def undo_finish(*, task: ToDo, by: User, at: datetime) -> None:
    """Mark it not done after all; only what a person has done comes back."""
    _require_doer(task, by)
    done = ToDo.objects.filter(pk=task.pk).exclude(done_by=None)
    try:
        with transaction.atomic():
            undone = done.update(done_at=None, done_by=None)
    except IntegrityError as error:
        raise AskedAgain from error
    if not undone:
        raise AskedAgain
    change_count(task.ticket_id, 1)
    _tell(task, Event.Kind.TASK_UNDONE, by, at)


def _require_doer(task: ToDo, by: User) -> None:
    """Let its readers call its person or see to its appointment; leave the rest to its handlers."""
    ticket = acted_as(task.ticket)
    if task.kind not in (ToDo.Kind.CALL, ToDo.Kind.APPOINTMENT):
        require_handler(ticket, by)
    elif not scope_of(by).can_note(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed


def _tell(task: ToDo, kind: str, by: User, at: datetime) -> None:
    data = ToDoChanged(todo=task.kind, reason=task.text)
    Event.objects.record(task.ticket_id, kind=kind, by=by, at=at, data=data)
