"""Tickets that go together; the person sees nothing of it (threats: M07)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Ticket, TicketLink
from requests_app.tickets.references import normalise
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services.moves import require_handler


def link(*, from_ticket: Ticket, to_ticket: Ticket, kind: str, at: datetime) -> TicketLink:
    """Say that two tickets go together; a second time changes nothing."""
    sure = kind != TicketLink.Kind.PROPOSED
    made, _is_new = TicketLink.objects.get_or_create(
        from_ticket=from_ticket,
        to_ticket=to_ticket,
        defaults={"kind": kind, "is_accepted": True if sure else None, "created_at": at},
    )
    return made


def link_all(ticket: Ticket, others: Iterable[Ticket], *, kind: str, at: datetime) -> None:
    """Link a ticket to those that its words may be about."""
    for other in others:
        link(from_ticket=ticket, to_ticket=other, kind=kind, at=at)


def find_other(*, ticket: Ticket, number: str, by: User) -> Ticket:
    """Return the ticket an agent names by its reference; one they may not know of does not exist (A02)."""
    reference = normalise(number)
    if reference == ticket.reference:
        raise Refused(_("C’est le numéro de cette demande. Écrivez celui de l’autre."))
    other = Ticket.objects.within(scope_of(by)).filter(reference=reference).first() if reference else None
    if other is None:
        raise Refused(_("Aucune de vos demandes ne porte ce numéro. Vérifiez-le."))
    return other


@transaction.atomic
def link_by_number(*, ticket: Ticket, number: str, by: User, at: datetime) -> TicketLink:
    """Link two tickets that an agent says are the same matter.

    One the agent may not know of does not exist (threats: A02). A link refused before is now accepted.
    """
    require_handler(ticket, by)
    other = find_other(ticket=ticket, number=number, by=by)
    both = Q(from_ticket=ticket, to_ticket=other) | Q(from_ticket=other, to_ticket=ticket)
    found = TicketLink.objects.filter(both).first() or link(
        from_ticket=ticket, to_ticket=other, kind=TicketLink.Kind.SAME_CASE, at=at
    )
    _decide(found, True, by, at)
    return found


@transaction.atomic
def decide_link(*, found: TicketLink, is_accepted: bool, by: User, at: datetime) -> None:
    """Accept or refuse a link; the last decision counts, by any agent who handles either ticket."""
    _require_end(found, by)
    _decide(found, is_accepted, by, at)


@transaction.atomic
def undecide_link(*, found: TicketLink, by: User, at: datetime) -> None:
    """Undo a decision: the link is as it was before."""
    _require_end(found, by)
    was_sure = found.kind != TicketLink.Kind.PROPOSED
    _decide(found, True if was_sure else None, by if was_sure else None, at if was_sure else None)


def _decide(found: TicketLink, is_accepted: bool | None, by: User | None, at: datetime | None) -> None:
    TicketLink.objects.filter(pk=found.pk).update(is_accepted=is_accepted, decided_by=by, decided_at=at)


def _require_end(found: TicketLink, by: User) -> None:
    scope = scope_of(by)
    ends = [each for end in (found.from_ticket, found.to_ticket) for each in (end, survivor_of(end))]
    if not any(scope.can_handle(end.maison_id, end.is_sensitive, end.shared_with) for end in ends):
        raise NotAllowed
