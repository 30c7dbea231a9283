from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.messages.receipt import confirm
from requests_app.tickets.models import Event, State, Ticket
from requests_app.tickets.services.moves import move, require_handler, require_open
from requests_app.tickets.services.sorting import accept_proposed


@transaction.atomic
def take(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Make a ticket one’s own; what was to sort is sorted as it was proposed, and its person told so."""
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.assignee_id == by.pk:
        return
    if ticket.state != State.TO_SORT:
        move(ticket, kind=Event.Kind.TAKEN, by=by, at=at, assignee_id=by.pk)
        return
    accept_proposed(ticket, by=by, at=at)
    move(ticket, kind=Event.Kind.TAKEN, by=by, at=at, assignee_id=by.pk, state=State.OPEN)
    if ticket.topic_id and (ticket.maison_id or ticket.transfer_body):
        confirm(ticket=ticket, at=at)


@transaction.atomic
def assign(*, ticket: Ticket, to: User, by: User, at: datetime) -> None:
    """Entrust a ticket to a colleague who may handle it."""
    require_handler(ticket, by)
    require_open(ticket)
    if not scope_of(to).can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed(_("%(name)s ne peut pas suivre cette demande.") % {"name": to.full_name})
    if ticket.assignee_id == to.pk:
        return
    state = State.OPEN if ticket.state == State.TO_SORT else ticket.state
    data = {"to": to.full_name}
    move(ticket, kind=Event.Kind.ASSIGNED, by=by, at=at, data=data, assignee_id=to.pk, state=state)


@transaction.atomic
def release(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Give a ticket back to the team; it is open and nobody’s."""
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.assignee_id is None:
        raise Refused(_("Cette demande n’est confiée à personne."))
    move(ticket, kind=Event.Kind.RELEASED, by=by, at=at, assignee_id=None)


@transaction.atomic
def hand_over(*, leaver: User, to: User | None, by: User, at: datetime) -> int:
    """Give all open tickets of who leaves to a colleague, or back to the teams; returns how many.

    A ticket the colleague may not handle goes back to its team.
    """
    scope = scope_of(to) if to else None
    tickets = list(Ticket.objects.open().filter(assignee=leaver).select_for_update())
    for ticket in tickets:
        heir = (
            to
            if scope and scope.can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
            else None
        )
        kind = Event.Kind.ASSIGNED if heir else Event.Kind.RELEASED
        data = {"to": heir.full_name} if heir else {}
        move(ticket, kind=kind, by=by, at=at, data=data, assignee_id=heir.pk if heir else None)
    return len(tickets)
