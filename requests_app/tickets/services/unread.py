"""What stays unread in a thread when one of its messages moves to another ticket, or comes back.

« A répondu » is one instant on the ticket; here it is computed again from the messages.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from requests_app.tickets.models import Event, Ticket, Touchpoint
from requests_app.tickets.selectors.family import family_of, thread_q
from requests_app.tickets.services.excerpts import excerpt_of

IN, OUT = Touchpoint.Direction.IN, Touchpoint.Direction.OUT
NEVER_SAID = Q(outgoing__state__in=("refused", "cancelled"))
NOT_REACHED = Q(facts__has_key="promise") & ~Q(facts__has_key="reached")


def is_unread(touchpoint: Touchpoint, ticket: Ticket) -> bool:
    """Tell whether the message is among those that « A répondu » asks to read."""
    wrote_at = ticket.person_wrote_at
    if wrote_at is None or touchpoint.occurred_at > wrote_at:
        return False
    if touchpoint.occurred_at == wrote_at:
        return True
    is_later = touchpoint.occurred_at != touchpoint.ticket.received_at
    return is_later and _is_after(touchpoint.occurred_at, our_last_word(ticket))


def changes_without(touchpoint: Touchpoint, ticket: Ticket) -> dict[str, Any]:
    """Return what changes of a ticket that loses this message: the last other author, and when."""
    changes: dict[str, Any] = {}
    last = _received_by(ticket).exclude(pk=touchpoint.pk).order_by("-occurred_at", "-pk").first()
    if last and ticket.excerpt == _excerpt(touchpoint):
        changes |= _excerpt_fields(last)
    if ticket.person_wrote_at is not None:
        changes["person_wrote_at"] = _last_unread(ticket, touchpoint)
    return changes


def changes_with(touchpoint: Touchpoint, ticket: Ticket, *, is_unread: bool) -> dict[str, Any]:
    """Return what changes of a ticket to which this message comes back."""
    changes: dict[str, Any] = {}
    if not _received_by(ticket).filter(occurred_at__gt=touchpoint.occurred_at).exists():
        changes |= _excerpt_fields(touchpoint)
    if is_unread and _is_after(touchpoint.occurred_at, ticket.person_wrote_at):
        changes["person_wrote_at"] = touchpoint.occurred_at
    return changes


def our_last_word(ticket: Ticket) -> datetime | None:
    """Return when we last answered, called, wrote, or marked the messages as read."""
    said = Touchpoint.objects.filter(thread_q(ticket), direction=OUT, author__isnull=False)
    spoke = said.exclude(NEVER_SAID).exclude(NOT_REACHED).aggregate(last=Max("occurred_at"))["last"]
    notes = Event.objects.filter(ticket__in=family_of(ticket), data__has_key="wrote_at")
    noted = notes.order_by("at", "pk").last()
    read = noted.at if noted and noted.kind == Event.Kind.TASK_DONE else None
    return max(filter(None, (spoke, read, ticket.answered_at)), default=None)


def _last_unread(ticket: Ticket, gone: Touchpoint) -> datetime | None:
    # The message that opened a ticket is no answer: its state says that it waits.
    others = _received_by(ticket).exclude(pk=gone.pk).exclude(occurred_at=F("ticket__received_at"))
    if since := our_last_word(ticket):
        others = others.filter(occurred_at__gt=since)
    last: datetime | None = others.aggregate(last=Max("occurred_at"))["last"]
    return min(last, ticket.person_wrote_at) if last and ticket.person_wrote_at else None


def _received_by(ticket: Ticket) -> QuerySet[Touchpoint]:
    """Return what was received and belongs to this ticket alone: split messages have their own."""
    heard = Touchpoint.objects.filter(thread_q(ticket), direction=IN)
    return heard.filter(Q(split_tickets=None) | Q(split_tickets=ticket))


def _is_after(instant: datetime, other: datetime | None) -> bool:
    return other is None or instant > other


def _excerpt(touchpoint: Touchpoint) -> str:
    return excerpt_of(touchpoint.reply_text or touchpoint.text)


def _excerpt_fields(touchpoint: Touchpoint) -> dict[str, Any]:
    return {"excerpt": _excerpt(touchpoint), "excerpt_channel": touchpoint.channel}
