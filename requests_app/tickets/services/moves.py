"""How every action changes a ticket: a conditional update on its version, and an event in words."""

from datetime import datetime
from typing import Any

from django.db.models import F

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.events.services import record
from requests_app.tickets.errors import (
    AlreadyClosed,
    ChangedMeanwhile,
    GoesOnElsewhere,
    NotAllowed,
    ReasonMissing,
)
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.models.event_data import EventData
from requests_app.tickets.selectors.family import acted_as
from requests_app.tickets.services.facts import fact_of, kinds_of


def require_handler(ticket: Ticket, by: User) -> None:
    """Refuse agents who may not handle the ticket; pages use the same rule.

    A ticket in the restricted archive is read-only, whoever asks (threats: P03).
    """
    may = scope_of(by).can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
    if ticket.is_archived or not may:
        raise NotAllowed


def require_handler_here(ticket: Ticket, by: User) -> None:
    """Refuse likewise for what hangs on a ticket: on a merged one, the survivor's agents act.

    A reserved one is never read through one that is not (threats: A03).
    """
    require_handler(acted_as(ticket), by)


def require_open(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise AlreadyClosed


def require_reason(reason: str) -> str:
    """Return the reason stripped; a blank one is refused."""
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()


def move(
    ticket: Ticket,
    *,
    kind: str,
    by: User | None,
    at: datetime,
    data: EventData | None = None,
    **changes: Any,
) -> None:
    """Change a ticket as it was read, and record in its thread what was done.

    A merged ticket is closed: reopened or assigned by itself, nobody would read it.
    """
    if ticket.merged_into_id:
        raise GoesOnElsewhere
    change(ticket, at=at, **changes)
    Event.objects.record(ticket.pk, kind=kind, by=by, at=at, data=data)


def change(ticket: Ticket, *, at: datetime, **changes: Any) -> None:
    """Change a ticket as it was read, or refuse: the second agent is told so (threats: W12).

    Other software is told what it means: routed, answered, closed, reopened.
    """
    kinds, left = kinds_of(ticket, changes), (ticket.maison_id, *ticket.shared_with)
    changed = Ticket.objects.filter(pk=ticket.pk, version=ticket.version).update(
        version=F("version") + 1, **changes
    )
    if not changed:
        raise ChangedMeanwhile
    for name, value in changes.items():
        setattr(ticket, name, value)
    ticket.version += 1
    record([fact_of(ticket, kind, left=left) for kind in kinds], at=at)
