"""A danger said in plain words, by any channel: urgent, reserved, a call first of all (threats: N12).

The software only detects: a person decides, and agents who handle the ticket may dismiss it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib.dangers import dangers_in
from requests_app.lib.dangers.calling import said_of_calls
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages.acknowledgment import manual_key
from requests_app.tickets.messages.silence import tell_by_voice
from requests_app.tickets.models import Event, Mark, Ticket, ToDo
from requests_app.tickets.models.tickets import Priority
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services.moves import move, require_handler
from requests_app.tickets.services.posting import letter_key
from requests_app.tickets.services.spoken_receipts import drop_spoken
from requests_app.tickets.todos import ask, drop

MAX_QUOTE = 240  # of the task: the full text is in the thread


def mark_danger(said: InboundMessage) -> InboundMessage:
    """Return the message, marked when it mentions a danger."""
    if Mark.DANGER in said.marks or not dangers_in(read_of(said)):
        return said
    return replace(said, marks=(*said.marks, Mark.DANGER))


def read_of(said: InboundMessage) -> str:
    """Return the text to search: of an answer, without what it quotes."""
    is_answer = bool(said.follows or said.ticket_id)
    text = (said.reply_text or said.text) if is_answer else said.text
    return f"{said.subject}.\n{text}"


def marks_with(ticket: Ticket, said: InboundMessage) -> dict[str, Any]:
    """Return what this message changes of the ticket it joins."""
    if Mark.DANGER not in said.marks:
        return {}
    return {**_danger_fields(), "marks": list(dict.fromkeys([*ticket.marks, *said.marks]))}


def call_first(ticket: Ticket, said: InboundMessage, at: datetime) -> None:
    """Ask for a call instead of all planned messages, with what was said about calls."""
    if Mark.DANGER not in said.marks:
        return
    Event.objects.record(ticket.pk, kind=Event.Kind.DANGER, by=None, at=at)
    _ask_call(ticket, said_of_calls(said.text), at)
    if drop(key=letter_key(ticket), at=at) or _waiting(ticket):
        tell_by_voice(ticket, at)


@transaction.atomic
def dismiss_danger(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Dismiss the danger: mark, restriction and urgency go; agents must say what never left."""
    require_handler(ticket, by)
    if not ticket.is_in_danger:
        raise Refused(_("Cette demande n’est plus marquée comme un danger."))
    changes: dict[str, Any] = {
        "marks": [mark for mark in ticket.marks if mark != Mark.DANGER],
        "is_sensitive": bool(ticket.topic and ticket.topic.is_sensitive),
        "priority": Priority.URGENT if _is_urgent_anyway(ticket) else Priority.NORMAL,
    }
    move(ticket, kind=Event.Kind.DANGER_DISMISSED, by=by, at=at, **changes)
    drop(key=_key(ticket), at=at)
    if _has_no_acknowledgment(ticket):
        text = _("Aucun accusé de réception n’est parti. On craignait un danger.")
        ask(ticket=ticket, kind=ToDo.Kind.ACKNOWLEDGE, text=text, key=manual_key(ticket), at=at)


@transaction.atomic
def restore_danger(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Restore the danger, or mark one that the software missed."""
    require_handler(ticket, by)
    if ticket.is_in_danger:
        raise Refused(_("Cette demande est déjà marquée comme un danger."))
    changes = {**_danger_fields(), "marks": [*ticket.marks, Mark.DANGER]}
    move(ticket, kind=Event.Kind.DANGER, by=by, at=at, **changes)
    drop(key=manual_key(ticket), at=at)
    first = ticket.touchpoints.filter(direction="in").order_by("-occurred_at", "-pk").first()
    _ask_call(ticket, said_of_calls(first.text) if first else "", at)


@transaction.atomic
def mark_if_danger(*, ticket: Ticket, text: str, at: datetime) -> None:
    """Mark the ticket when text outside its messages, such as feedback, mentions a danger."""
    if not dangers_in(text):
        return
    ticket = Ticket.objects.select_for_update().get(pk=survivor_of(ticket).pk)
    if not ticket.is_in_danger:
        changes = {**_danger_fields(), "marks": [*ticket.marks, Mark.DANGER]}
        move(ticket, kind=Event.Kind.DANGER, by=None, at=at, **changes)
    _ask_call(ticket, said_of_calls(text), at)


def _danger_fields() -> dict[str, Any]:
    return {"priority": Priority.URGENT, "is_sensitive": True}


def _key(ticket: Ticket) -> str:
    return f"danger:{ticket.reference}"


def _ask_call(ticket: Ticket, words: str, at: datetime) -> None:
    text = _("Danger : appelez la personne avec discrétion. Rien n’est dit des appels.")
    if words:
        quoted = words if len(words) <= MAX_QUOTE else f"{words[: MAX_QUOTE - 1]}…"
        text = _("Danger : appelez la personne. Sur les appels : « %(words)s »") % {"words": quoted}
    ask(ticket=ticket, kind=ToDo.Kind.CALL, text=text, key=_key(ticket), at=at)
    if ticket.tasks_count:
        drop_spoken(ticket=ticket, at=at)


def _waiting(ticket: Ticket) -> bool:
    """Tell whether something planned before the danger was known will not leave."""
    return Outgoing.objects.filter(touchpoint__ticket=ticket, state=Outgoing.State.QUEUED).exists()


def _is_urgent_anyway(ticket: Ticket) -> bool:
    """Tell whether an agent marked it urgent for another reason."""
    said = Event.objects.filter(ticket=ticket, kind=Event.Kind.PRIORITY_CHANGED).order_by("at", "pk").last()
    return said is not None and said.details.to == Priority.URGENT


def _has_no_acknowledgment(ticket: Ticket) -> bool:
    said = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=Outgoing.Kind.ACKNOWLEDGMENT)
    return ticket.first_answered_at is None and said.filter(state=Outgoing.State.REFUSED).exists()
