"""An answer also acknowledges the ticket: agents asked to do so by hand no longer need to."""

from datetime import datetime

from requests_app.tickets.messages.acknowledgment import manual_key
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.services import ask, drop


def settle(ticket: Ticket, *, at: datetime) -> str:
    """Drop the tasks an answer completes; return the dropped task's text, or "" when there was none."""
    key = manual_key(ticket)
    text = ToDo.objects.to_do().filter(key=key).values_list("text", flat=True).first() or ""
    if text:
        drop(key=key, at=at)
    return text


def unsettle(ticket: Ticket, text: str, *, at: datetime) -> None:
    """Restore that task: the answer was undone."""
    if text:
        ask(ticket=ticket, kind=ToDo.Kind.ACKNOWLEDGE, text=text, key=manual_key(ticket), at=at)
