"""Transfer a ticket to another body in one action, and undo it in time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.handover import has_left
from requests_app.tickets.messages.transfer import body_of, undo
from requests_app.tickets.models import Event, Outcome, State, Ticket
from requests_app.tickets.models.event_data import Cause, Closed, EventData
from requests_app.tickets.services.moves import move, require_handler, require_open
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.receipts import pass_on
from requests_app.tickets.services.spoken_receipts import drop_spoken
from requests_app.tickets.services.transfer_snapshot import as_before_transfer, snapshot_transfer


@transaction.atomic
def transfer(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Accept that another body is in charge: close the ticket, send it there, and tell the person."""
    require_handler(ticket, by)
    require_open(ticket)
    body = body_of(ticket)
    if not body:
        raise Refused(_("Choisissez d’abord un sujet qui relève d’un autre organisme."))
    topic = ticket.topic or ticket.proposed_topic
    data = Closed(outcome=Outcome.TRANSFERRED, reason=body, was=snapshot_transfer(ticket))
    ended: dict[str, Any] = {
        "state": State.CLOSED,
        "outcome": Outcome.TRANSFERRED,
        "closed_at": at,
        "closed_by_id": by.pk,
        "topic_id": topic.pk if topic else None,
        "is_sensitive": ticket.is_sensitive or bool(topic and topic.is_sensitive),
        "transfer_body": body,
        **OUR_WORD,
    }
    move(ticket, kind=Event.Kind.CLOSED, by=by, at=at, data=data, **ended)
    if ticket.tasks_count:
        drop_spoken(ticket=ticket, at=at)
    pass_on(ticket=ticket, at=at)


@transaction.atomic
def undo_transfer(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo the transfer, while the body does not have the ticket yet."""
    require_handler(ticket, by)
    if ticket.is_open or ticket.outcome != Outcome.TRANSFERRED:
        raise Refused(_("Cette demande n’est pas transmise."))
    if has_left(ticket):
        raise Refused(_("L’organisme a déjà reçu la demande : rouvrez-la et prévenez-le."))
    ours_again = {"state": State.OPEN, "outcome": "", "closed_at": None, "closed_by_id": None}
    ours_again |= as_before_transfer(ticket)
    data = EventData(cause=Cause.TRANSFER_UNDONE)
    move(ticket, kind=Event.Kind.REOPENED, by=by, at=at, data=data, **ours_again)
    undo(ticket=ticket, at=at)
