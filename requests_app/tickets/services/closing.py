from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.channels.registry import channel_of
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import GoesOnElsewhere, NotClosed, Refused
from requests_app.tickets.messages.transfer import body_of, undo
from requests_app.tickets.models import Event, Outcome, State, Ticket
from requests_app.tickets.models.event_data import Closed, EventData, Waiting
from requests_app.tickets.models.tickets import WAITING
from requests_app.tickets.services.moves import move, require_handler, require_open, require_reason
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.receipts import pass_on
from requests_app.tickets.services.spoken_receipts import drop_spoken
from requests_app.tickets.services.transfer_snapshot import snapshot_transfer


@transaction.atomic
def close(*, ticket: Ticket, outcome: str, reason: str = "", by: User, at: datetime) -> None:
    """Close a ticket with its outcome; a second agent is told that it is done."""
    require_handler(ticket, by)
    require_open(ticket)
    _require_outcome(ticket, outcome, reason)
    was = snapshot_transfer(ticket) if outcome == Outcome.TRANSFERRED else None
    data = Closed(outcome=outcome, reason=reason.strip(), was=was)
    is_decided = outcome == Outcome.ANSWERED and not ticket.decided_on
    body = body_of(ticket) if outcome == Outcome.TRANSFERRED else ticket.transfer_body
    move(
        ticket,
        kind=Event.Kind.CLOSED,
        by=by,
        at=at,
        data=data,
        state=State.CLOSED,
        outcome=outcome,
        closed_at=at,
        closed_by_id=by.pk,
        transfer_body=body,
        decided_on=local_day(at) if is_decided else ticket.decided_on,
        **OUR_WORD,
    )
    if ticket.tasks_count:
        drop_spoken(ticket=ticket, at=at)
    if outcome == Outcome.TRANSFERRED:
        pass_on(ticket=ticket, at=at)


def _require_outcome(ticket: Ticket, outcome: str, reason: str) -> None:
    """Refuse what has its own action: refusals, and requests to pass on in writing (CRPA, art. L114-2)."""
    if outcome not in Outcome.values:
        raise Refused(_("Choisissez comment la demande se termine."))
    if outcome == Outcome.REFUSED:
        raise Refused(_("Écrivez les raisons dans votre réponse, puis « Envoyer le refus »."))
    is_unexplained = channel_of(ticket.channel).is_written and not reason.strip()
    if outcome == Outcome.ORIENTED and is_unexplained and body_of(ticket):
        raise Refused(_("Était-ce une demande ? Transmettez-la. Sinon, écrivez pourquoi en raison."))


@transaction.atomic
def reopen(*, ticket: Ticket, reason: str, by: User, at: datetime) -> None:
    """Reopen a closed ticket, with a reason; it stays with its former agent.

    What closed as answered was not answered: the legal clock runs on. A refusal remains one.
    """
    require_handler(ticket, by)
    if ticket.is_open:
        raise NotClosed
    if ticket.merged_into_id:
        raise GoesOnElsewhere
    data = EventData(reason=require_reason(reason))
    was_the_decision = ticket.outcome == Outcome.ANSWERED and _is_decided_as_it_ended(ticket)
    move(
        ticket,
        kind=Event.Kind.REOPENED,
        by=by,
        at=at,
        data=data,
        state=State.OPEN,
        outcome="",
        closed_at=None,
        closed_by_id=None,
        service_answered_on=None,
        waiting_since=at,
        decided_on=None if was_the_decision else ticket.decided_on,
    )
    undo(ticket=ticket, at=at)


def _is_decided_as_it_ended(ticket: Ticket) -> bool:
    ended_on = ticket.service_answered_on or (local_day(ticket.closed_at) if ticket.closed_at else None)
    return ended_on is not None and ticket.decided_on == ended_on


@transaction.atomic
def put_on_hold(*, ticket: Ticket, state: str, reason: str, by: User, at: datetime) -> None:
    """Wait for the person's documents or for another service, and say for what."""
    require_handler(ticket, by)
    require_open(ticket)
    if state not in WAITING:
        raise Refused(_("Choisissez ce que la demande attend."))
    data = Waiting(state=state, reason=require_reason(reason))
    move(ticket, kind=Event.Kind.WAITING, by=by, at=at, data=data, state=state)


@transaction.atomic
def resume(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Resume what was on hold."""
    require_handler(ticket, by)
    if ticket.state not in WAITING:
        raise Refused(_("Cette demande n’est pas en attente."))
    move(ticket, kind=Event.Kind.RESUMED, by=by, at=at, state=State.OPEN)
