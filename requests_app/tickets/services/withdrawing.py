"""The person withdraws their ticket, or undoes it: their own word, no agent's."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Outcome, State, Ticket
from requests_app.tickets.models.event_data import Cause, Closed, EventData
from requests_app.tickets.services.moves import move, require_open
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.spoken_receipts import drop_spoken


@transaction.atomic
def withdraw(*, ticket: Ticket, at: datetime) -> None:
    """Close a ticket because its author no longer wants it."""
    require_open(ticket)
    data = Closed(outcome=Outcome.WITHDRAWN, before=ticket.state, is_by_person=True)
    move(
        ticket,
        kind=Event.Kind.CLOSED,
        by=None,
        at=at,
        data=data,
        state=State.CLOSED,
        outcome=Outcome.WITHDRAWN,
        closed_at=at,
        **OUR_WORD,
    )
    if ticket.tasks_count:
        drop_spoken(ticket=ticket, at=at)


@transaction.atomic
def undo_withdrawal(*, ticket: Ticket, at: datetime) -> None:
    """Reopen it for its author: as it was, waiting since the same day."""
    if ticket.outcome != Outcome.WITHDRAWN:
        raise Refused(_("Cette demande n’est pas retirée."))
    if ticket.merged_into_id:
        raise Refused(_("Cette demande est suivie dans une autre : écrivez-nous."))
    ended = (
        Event.objects.filter(ticket=ticket, kind=Event.Kind.CLOSED, by=None).order_by("-at", "-pk").first()
    )
    if ended is None:
        raise Refused(_("Un agent a terminé cette demande : écrivez-lui un message."))
    state = Closed.read(ended.data).before or State.TO_SORT
    data = EventData(cause=Cause.PERSON_KEEPS_IT, is_by_person=True)
    move(
        ticket,
        kind=Event.Kind.REOPENED,
        by=None,
        at=at,
        data=data,
        state=state,
        outcome="",
        closed_at=None,
        closed_by_id=None,
    )
