"""An agent makes a ticket of what became none, or undoes that while nobody works on it (threats: N01)."""

import logging
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from channels_app.intake.models import Arrival
from channels_app.intake.services.salvaging import READINGS
from channels_app.intake.steps import LOG, add_steps
from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.tickets.errors import Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.models.event_data import EventData
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services import is_untouched, receive, withdraw_made

State = Arrival.State
UNHEARD = (State.QUARANTINED, State.DISCARDED)
logger = logging.getLogger(__name__)


def make_ticket(*, arrival: Arrival, by: User, at: datetime) -> Ticket:
    """Open a ticket from an arrival in quarantine or discarded; a repeat returns the same one.

    Nothing is sent automatically, and nobody is assumed to be its author: agents decide.
    """
    if arrival.is_made:
        return _ticket_of(arrival)
    for read in READINGS:
        try:
            return _make_numbered(arrival.pk, read(arrival), by, at)
        except (Refused, OperationalError, InterfaceError):
            raise
        except Exception as error:  # what broke its parsing may break this reading too
            why = type(error).__name__
            logger.error("intake: no ticket of arrival %s by %s: %s", arrival.pk, read.__name__, why)
    raise Refused(_("Ce message n’a pas pu devenir une demande. Prévenez l’équipe technique."))


@transaction.atomic
def unmake_ticket(*, arrival: Arrival, at: datetime) -> None:
    """Delete the ticket: the arrival is where it was, with its reason."""
    locked = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if not locked.is_made or locked.touchpoint is None:
        raise Refused(_("Cette demande est déjà annulée."))
    if not can_unmake(locked):
        raise Refused(_("Un collègue a déjà commencé à suivre cette demande."))
    touchpoint, before = locked.touchpoint, locked.facts.pop(Arrival.MADE)
    ended_at = before["ended_at"]
    Arrival.objects.filter(pk=locked.pk).update(
        state=before["state"],
        touchpoint=None,
        ended_at=datetime.fromisoformat(ended_at) if ended_at else at,
        ended_by=before["ended_by"],
        facts=locked.facts,
    )
    withdraw_made(touchpoint=touchpoint, at=at)


def can_unmake(arrival: Arrival) -> bool:
    """Return whether nobody works on its ticket: no message, no action, no draft answer, no appointment."""
    if not arrival.is_made or arrival.touchpoint is None:
        return False
    ticket = arrival.touchpoint.ticket
    has_plans = Draft.objects.filter(ticket=ticket).exists() or ticket.appointments.exists()
    return is_untouched(ticket) and not has_plans


def _make_numbered(arrival_id: int, said: InboundMessage, by: User, at: datetime) -> Ticket:
    """Retry with another reference when it is taken, as in `processing`."""
    try:
        return _make(arrival_id, said, by, at)
    except IntegrityError as error:
        if "tickets_ticket_reference" not in str(error):
            raise
        return _make(arrival_id, said, by, at)


@transaction.atomic
def _make(arrival_id: int, said: InboundMessage, by: User, at: datetime) -> Ticket:
    arrival = Arrival.objects.select_for_update().get(pk=arrival_id)
    if arrival.is_made:
        return _ticket_of(arrival)
    if arrival.state not in UNHEARD:
        raise Refused(_("Ce message n’attend plus de décision."))
    received = receive(replace(said, facts=add_steps(_facts(said, arrival, by), arrival, at)), at=at)
    data = EventData(reason=arrival.reason, from_=arrival.state)
    Event.objects.record(received.ticket.pk, kind=Event.Kind.SALVAGED, by=by, at=at, data=data)
    ended_at = arrival.ended_at.isoformat() if arrival.ended_at else ""
    before = {"state": arrival.state, "ended_at": ended_at, "ended_by": arrival.ended_by_id}
    Arrival.objects.filter(pk=arrival.pk).update(
        state=State.HEARD,
        touchpoint=received.touchpoint,
        ended_at=at,
        ended_by=by,
        facts={**arrival.facts, Arrival.MADE: before},
    )
    return received.ticket


def _ticket_of(arrival: Arrival) -> Ticket:
    if arrival.touchpoint is None:
        raise Refused(_("Ce message n’attend plus de décision."))
    return arrival.touchpoint.ticket


def _facts(said: InboundMessage, arrival: Arrival, by: User) -> TouchpointFacts:
    who = {"who": by.full_name, "reason": arrival.reason}
    return {**said.facts, LOG: [_("%(who)s en a fait une demande. Il était gardé à part : %(reason)s") % who]}
