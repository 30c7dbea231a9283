"""Calls promised to a person: kept, or tried again at a new moment.

A promise is a task with a deadline; each attempt is a touchpoint of ours on the ticket.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.accounts.models import User
from requests_app.channels.description import Medium
from requests_app.channels.registry import key_of
from requests_app.lib import phones
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.selectors.family import ends_of
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.todos import finish, undo_finish
from requests_app.tickets.todos import ask, change_count

UNDO_CALL_WITHIN = timedelta(minutes=10)
OUT = Touchpoint.Direction.OUT
PROMISED = "promised-call:"  # how the keys of calls that a person was promised begin


class TooLateToUndo(Refused):
    message = gettext_lazy("Cet appel ne peut plus être annulé ici.")


def promise_key(touchpoint: Touchpoint) -> str:
    return f"{PROMISED}{touchpoint.pk}"


def promise_call(*, touchpoint: Touchpoint, number: str, due_at: datetime, at: datetime) -> ToDo:
    """Promise to call before ``due_at``, at ``number`` (E.164) when one was given."""
    text = _("Rappel promis au %(number)s.") % {"number": phones.format_national(number)} if number else ""
    return ask(
        ticket=touchpoint.ticket,
        kind=ToDo.Kind.CALL,
        text=text or _("Rappel promis."),
        key=promise_key(touchpoint),
        at=at,
        due_at=due_at,
    )


@transaction.atomic
def note_called(*, task: ToDo, by: User, at: datetime) -> None:
    """Record that the person was called; a second agent is told so (AlreadyDone)."""
    finish(task=task, by=by, at=at)
    there = Ticket.objects.filter(pk__in=ends_of([task.ticket_id]))
    wrote_at = there.values_list("person_wrote_at", flat=True).first()
    _note(task, _("Appelée, comme promis."), by, at, reached=wrote_at.isoformat() if wrote_at else "")
    there.update(**OUR_WORD)


@transaction.atomic
def note_not_reached(*, task: ToDo, again_at: datetime, by: User, at: datetime) -> None:
    """Record that nobody answered: this attempt is over, another is promised. Raises AlreadyDone."""
    finish(task=task, by=by, at=at)
    touchpoint = _note(task, _("Appelée, pas jointe."), by, at)
    key = promise_key(touchpoint)
    ask(ticket=task.ticket, kind=ToDo.Kind.CALL, text=task.text, key=key, at=at, due_at=again_at)


@transaction.atomic
def undo_call(*, task: ToDo, by: User, at: datetime) -> None:
    """Undo the call just recorded: the promise stands as before. Raises TooLateToUndo."""
    noted = Touchpoint.objects.filter(ticket=task.ticket_id, direction=OUT, facts__promise=task.pk, author=by)
    touchpoint = noted.filter(recorded_at__gt=at - UNDO_CALL_WITHIN).order_by("-pk").first()
    if touchpoint is None:
        raise TooLateToUndo
    again = ToDo.objects.filter(key=promise_key(touchpoint))
    if again.exclude(done_at=None).exists():
        raise TooLateToUndo
    gone, _rows = again.delete()
    touchpoint.delete()
    if wrote_at := touchpoint.facts.get("reached"):
        there = Ticket.objects.filter(pk__in=ends_of([task.ticket_id]), person_wrote_at=None)
        there.update(person_wrote_at=datetime.fromisoformat(wrote_at))
    change_count(task.ticket_id, -gone)
    undo_finish(task=task, by=by, at=at)


def _note(task: ToDo, text: str, by: User, at: datetime, reached: str | None = None) -> Touchpoint:
    """Add it to the thread; ``reached``: the instant of the message that the call answered, or ""."""
    facts = TouchpointFacts(promise=task.pk)
    if reached is not None:
        facts["reached"] = reached
    Ticket.objects.filter(pk=task.ticket_id).update(version=F("version") + 1)
    return Touchpoint.objects.create(
        ticket_id=task.ticket_id,
        channel=key_of(Medium.CALL),
        direction=OUT,
        occurred_at=at,
        recorded_at=at,
        author=by,
        maison_id=by.current_maison_id,
        text=text,
        facts=facts,
    )
