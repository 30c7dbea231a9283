"""What other software is told of a ticket (requests_app/events): ids only, in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from requests_app.events.models import Kind
from requests_app.events.services import Fact, record
from requests_app.tickets.models import State, Ticket


def fact_of(
    ticket: Ticket, kind: str, *, into: Ticket | None = None, left: Iterable[int | None] = ()
) -> Fact:
    """Build the fact of a ticket as it is now; the Maisons that it ``left`` are told too."""
    return Fact(
        kind=kind,
        ticket=ticket.reference,
        into_ticket=into.reference if into else "",
        person=ticket.person_id,
        maison=ticket.maison_id,
        also=tuple(pk for pk in (*left, *ticket.shared_with) if pk is not None),
        topic=ticket.topic_id or ticket.proposed_topic_id,
        is_sensitive=ticket.is_sensitive,
    )


def record_opened(ticket: Ticket, *, at: datetime) -> None:
    """Tell of a new ticket, where it was placed, and that an agent answered at once."""
    kinds = [Kind.TICKET_RECEIVED]
    if ticket.maison_id:
        kinds.append(Kind.TICKET_ROUTED)
    if not ticket.is_open:
        kinds += [Kind.TICKET_ANSWERED, Kind.TICKET_CLOSED]
    record([fact_of(ticket, kind) for kind in kinds], at=at)


def record_ticket(ticket: Ticket, kind: str, *, into: Ticket | None = None, at: datetime) -> None:
    """Tell one fact of a ticket as it is now."""
    record([fact_of(ticket, kind, into=into)], at=at)


def kinds_of(ticket: Ticket, changes: Mapping[str, Any]) -> list[Kind]:
    """Return what these changes of a ticket, as it was read, mean to others."""
    kinds = []
    if "maison_id" in changes and changes["maison_id"] != ticket.maison_id:
        kinds.append(Kind.TICKET_ROUTED)
    answered = changes.get("answered_at")
    if answered and (ticket.answered_at is None or answered > ticket.answered_at):
        kinds.append(Kind.TICKET_ANSWERED)
    is_open = changes.get("state", ticket.state) != State.CLOSED
    if is_open != ticket.is_open:
        kinds.append(Kind.TICKET_REOPENED if is_open else Kind.TICKET_CLOSED)
    return kinds
