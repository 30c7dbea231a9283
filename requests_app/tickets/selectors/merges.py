"""Merged tickets, as the page of the surviving one lists them."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.people.models.merges import UNDONE_WITHIN
from requests_app.tickets.models import Ticket, TicketMerge
from requests_app.tickets.selectors.family import family_of


@dataclass(frozen=True, slots=True)
class MergedTicket:
    """One merged ticket; ``can_undo`` for thirty days. ``goes_on``: where the ticket itself continues."""

    id: int
    reference: str
    agent: str
    at: datetime
    can_undo: bool
    goes_on: str = ""


def merges_of(ticket: Ticket, *, now: datetime) -> list[MergedTicket]:
    """List the tickets merged into one, or its own survivor; one statement, usually without rows."""
    family = family_of(ticket)
    if len(family) == 1 and ticket.merged_into_id is None:
        return []
    logs = TicketMerge.objects.filter(merged__in=family, undone_at=None)
    logs = logs.select_related("merged__merged_into", "by").order_by("at", "pk")
    return [_row(log, ticket, now) for log in logs]


def _row(log: TicketMerge, ticket: Ticket, now: datetime) -> MergedTicket:
    can_undo = log.at > now - UNDONE_WITHIN
    after = log.merged.merged_into
    goes_on = after.reference if after and log.merged_id == ticket.pk else ""
    return MergedTicket(log.pk, log.merged.reference, log.by.full_name, log.at, can_undo, goes_on)
