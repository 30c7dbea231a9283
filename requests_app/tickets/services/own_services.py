"""What a service of ours answered to a ticket given to it: until then the legal clock runs."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.tickets.competence import is_awaited, is_with_our_service
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import AlreadyClosed, Refused
from requests_app.tickets.models import Event, Outcome, Ticket
from requests_app.tickets.models.event_data import ServiceAnswered
from requests_app.tickets.services.moves import move, require_handler

ANSWERS = (Outcome.ANSWERED, Outcome.REFUSED)


def require_awaited(ticket: Ticket) -> None:
    """Refuse tickets that are over: neither open here nor with a service of ours."""
    if not ticket.is_open and not is_awaited(ticket):
        raise AlreadyClosed


@transaction.atomic
def note_service_answer(
    *, ticket: Ticket, outcome: str, answered_on: date | None, by: User, at: datetime
) -> None:
    """Record what the service answered and when (today by default): nothing is awaited any more."""
    require_handler(ticket, by)
    if not is_with_our_service(ticket):
        raise Refused(_("Aucun service n’a cette demande à répondre."))
    if outcome not in ANSWERS:
        raise Refused(_("Choisissez ce que le service a répondu."))
    answered_on = answered_on or local_day(at)
    if not local_day(ticket.received_at) <= answered_on <= local_day(at):
        raise Refused(_("Choisissez un jour entre la réception et aujourd’hui."))
    move(
        ticket,
        kind=Event.Kind.SERVICE_ANSWERED,
        by=by,
        at=at,
        data=ServiceAnswered(outcome=outcome, answered_on=answered_on),
        outcome=outcome,
        service_answered_on=answered_on,
        decided_on=ticket.decided_on or answered_on,
    )


@transaction.atomic
def undo_service_answer(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo the note: the service has not answered, and its clock runs as before."""
    require_handler(ticket, by)
    if ticket.is_open or ticket.service_answered_on is None:
        raise Refused(_("Aucune réponse de service n’est notée."))
    move(
        ticket,
        kind=Event.Kind.SERVICE_UNANSWERED,
        by=by,
        at=at,
        outcome=Outcome.TRANSFERRED,
        service_answered_on=None,
        decided_on=None if ticket.decided_on == ticket.service_answered_on else ticket.decided_on,
    )
