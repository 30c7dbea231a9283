from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import Role, User
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Event, State, Ticket
from requests_app.tickets.models.event_data import Cause, EventData
from requests_app.tickets.services.moves import move, require_handler, require_open
from requests_app.tickets.services.receipts import confirm
from requests_app.tickets.services.rerouting import send_to
from requests_app.tickets.services.sorting import accept_proposed


@transaction.atomic
def take(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Take a ticket; an unsorted one gets what was proposed, and its person is told."""
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.assignee_id != by.pk:
        _entrust(ticket, to=by, kind=Event.Kind.TAKEN, data=None, by=by, at=at)


@transaction.atomic
def assign(*, ticket: Ticket, to: User, by: User, at: datetime) -> None:
    """Assign a ticket to a colleague who may handle it; an unsorted one is sorted as when taken."""
    require_handler(ticket, by)
    require_open(ticket)
    if not scope_of(to).can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed(_("%(name)s ne peut pas suivre cette demande."), name=to.full_name)
    if ticket.assignee_id != to.pk:
        data = EventData(to=to.full_name)
        _entrust(ticket, to=to, kind=Event.Kind.ASSIGNED, data=data, by=by, at=at)


def _entrust(ticket: Ticket, *, to: User, kind: str, data: EventData | None, by: User, at: datetime) -> None:
    state, was_to_sort = ticket.state, ticket.state == State.TO_SORT
    if maison := _own_among(ticket, to):
        send_to(ticket, maison, by=by, at=at, cause=Cause.AGENT_WORKS_THERE, name=to.full_name)
    if was_to_sort:
        state = State.OPEN
        if _may_follow(ticket, ticket.proposed_topic, to):
            accept_proposed(ticket, by=by, at=at)
    move(ticket, kind=kind, by=by, at=at, data=data, assignee_id=to.pk, state=state)
    if was_to_sort and ticket.topic_id and (ticket.maison_id or ticket.transfer_body):
        confirm(ticket=ticket, at=at)


def _may_follow(ticket: Ticket, topic: Topic | None, to: User) -> bool:
    """Tell whether an agent may still handle a ticket of this topic: a reserved one is not for all (A03)."""
    is_sensitive = ticket.is_sensitive or bool(topic and topic.is_sensitive)
    return scope_of(to).can_handle(ticket.maison_id, is_sensitive, ticket.shared_with)


def _own_among(ticket: Ticket, to: User) -> Maison | None:
    """Return the agent's Maison among those that share a ticket; None when only they can choose."""
    if ticket.maison_id or not ticket.shared_with:
        return None
    roles = (Role.CASE_HANDLER,) if ticket.is_sensitive else (Role.CASE_HANDLER, Role.MANAGER)
    own = scope_of(to).reach(*roles).maisons.intersection(ticket.shared_with)
    chosen = [to.current_maison_id] if to.current_maison_id in own else list(own)
    return Maison.objects.current().filter(pk__in=chosen).first() if len(chosen) == 1 else None


@transaction.atomic
def release(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Release a ticket to the team; it stays open, with nobody."""
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.assignee_id is None:
        raise Refused(_("Cette demande n’est confiée à personne."))
    move(ticket, kind=Event.Kind.RELEASED, by=by, at=at, assignee_id=None)


@transaction.atomic
def hand_over(*, leaver: User, to: User | None, by: User, at: datetime) -> int:
    """Hand all open tickets of a leaver to a colleague, or back to the teams; return how many.

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
        data = EventData(to=heir.full_name) if heir else None
        move(ticket, kind=kind, by=by, at=at, data=data, assignee_id=heir.pk if heir else None)
    return len(tickets)
