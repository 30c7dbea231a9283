"""An answer also acknowledges the demand: whoever was asked to do so by hand need not any more."""

from datetime import datetime

from requests_app.tickets.messages.acknowledgment import manual_key
from requests_app.tickets.models import Task, Ticket
from requests_app.tickets.services import ask, drop


def settle(ticket: Ticket, *, at: datetime) -> str:
    """Drop what an answer does; returns its sentence, or "" when nothing of it was to do."""
    key = manual_key(ticket)
    text = Task.objects.to_do().filter(key=key).values_list("text", flat=True).first() or ""
    if text:
        drop(key=key, at=at)
    return text


def unsettle(ticket: Ticket, text: str, *, at: datetime) -> None:
    """The answer was taken back: it is to do again."""
    if text:
        ask(ticket=ticket, kind=Task.Kind.ACKNOWLEDGE, text=text, key=manual_key(ticket), at=at)
