"""The state of a ticket before its transfer, stored in the event that closed it."""

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.models.event_data import Closed

KEPT = (
    "state",
    "maison_id",
    "shared_with",
    "topic_id",
    "is_sensitive",
    "transfer_body",
    "assignee_id",
    "person_wrote_at",
)


def snapshot_transfer(ticket: Ticket) -> dict[str, Any]:
    """Return the values that undoing restores."""
    was = {name: getattr(ticket, name) for name in KEPT}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in was.items()}


def as_before_transfer(ticket: Ticket) -> dict[str, Any]:
    """Return the stored values; messages that came since are still unread."""
    closed = ticket.events.filter(kind=Event.Kind.CLOSED).order_by("-at", "-pk").first()
    was = (Closed.read(closed.data).was or {}) if closed else {}
    found = {name: was[name] for name in KEPT if name in was}
    if found.get("person_wrote_at"):
        found["person_wrote_at"] = parse_datetime(found["person_wrote_at"])
    if ticket.person_wrote_at is not None:
        found["person_wrote_at"] = ticket.person_wrote_at
    return found
