"""Tickets that go together; the person sees nothing of it (threats: M07)."""

from datetime import datetime

from django.db import transaction

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import NotAllowed
from requests_app.tickets.models import Ticket, TicketLink


def link(*, from_ticket: Ticket, to_ticket: Ticket, kind: str, at: datetime) -> TicketLink:
    """Say that two tickets go together; a second time changes nothing."""
    sure = kind != TicketLink.Kind.PROPOSED
    made, _is_new = TicketLink.objects.get_or_create(
        from_ticket=from_ticket,
        to_ticket=to_ticket,
        defaults={"kind": kind, "is_accepted": True if sure else None, "created_at": at},
    )
    return made


@transaction.atomic
def decide_link(*, found: TicketLink, is_accepted: bool, by: User, at: datetime) -> None:
    """Keep a proposed link, or refuse it; the last word counts."""
    ticket = found.from_ticket
    if not scope_of(by).can_handle(ticket.maison_id, ticket.is_sensitive):
        raise NotAllowed
    TicketLink.objects.filter(pk=found.pk).update(is_accepted=is_accepted, decided_by=by, decided_at=at)
