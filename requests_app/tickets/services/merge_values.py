"""What a merge changes of two tickets, recorded so that it can be undone."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.dateparse import parse_datetime

from requests_app.accounts.models import User
from requests_app.tickets.models import Outcome, State, Ticket
from requests_app.tickets.models.tickets import Priority

ENDED = ("state", "outcome", "closed_at", "closed_by_id", "person_wrote_at")
INSTANTS = {"closed_at", "waiting_since", "due_at", "person_wrote_at"}


def end(merged: Ticket, survivor: Ticket, by: User, at: datetime) -> dict[str, Any]:
    """Close the merged ticket, unless it was already closed; return its values before."""
    before = {name: write(getattr(merged, name)) for name in ENDED}
    changes: dict[str, Any] = {"merged_into": survivor, "person_wrote_at": None}  # read at the survivor
    if merged.is_open:
        changes |= {"state": State.CLOSED, "outcome": Outcome.DUPLICATE, "closed_at": at, "closed_by": by}
    Ticket.objects.filter(pk=merged.pk).update(version=F("version") + 1, **changes)
    return before


def carry(merged: Ticket, survivor: Ticket) -> dict[str, Any]:
    """Give the survivor what the other one waited for; return each value before and after."""
    changes: dict[str, Any] = {"files_count": survivor.files_count + merged.files_count}
    marks = list(dict.fromkeys([*survivor.marks, *merged.marks]))
    if marks != survivor.marks:
        changes["marks"] = marks
    if merged.is_urgent and not survivor.is_urgent:
        changes["priority"] = Priority.URGENT
    if wrote := max(filter(None, (merged.person_wrote_at, survivor.person_wrote_at)), default=None):
        changes["person_wrote_at"] = wrote
    if merged.is_open and survivor.is_open:
        changes |= _waits(merged, survivor)
    changed = {name: [write(getattr(survivor, name)), write(value)] for name, value in changes.items()}
    Ticket.objects.filter(pk=survivor.pk).update(version=F("version") + 1, **changes)
    return changed


def _waits(merged: Ticket, survivor: Ticket) -> dict[str, Any]:
    """Return what the person has waited for since the older of the two; the latest message is shown."""
    changes: dict[str, Any] = {"waiting_since": min(merged.waiting_since, survivor.waiting_since)}
    if survivor.answered_at and survivor.answered_at >= survivor.waiting_since:
        changes["waiting_since"] = merged.waiting_since  # they had their answer: this is a new wait
    dues = [due for due in (merged.due_at, survivor.due_at) if due]
    if dues:
        changes["due_at"] = min(dues)
    if merged.received_at > survivor.received_at and merged.excerpt:
        changes |= {"excerpt": merged.excerpt, "excerpt_channel": merged.words_channel}
    if survivor.state == State.WAITING_PERSON:
        changes["state"] = State.OPEN
    return changes


def give_back(survivor: Ticket, changed: dict[str, list[Any]]) -> None:
    """Restore the values that nobody has changed since."""
    untouched = {
        name: read(name, before)
        for name, (before, after) in changed.items()
        if write(getattr(survivor, name)) == after
    }
    Ticket.objects.filter(pk=survivor.pk).update(version=F("version") + 1, **untouched)


def write(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def read(name: str, value: Any) -> Any:
    return parse_datetime(value) if name in INSTANTS and value else value
