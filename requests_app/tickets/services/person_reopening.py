"""« Ce n’est pas réglé »: the person reopens their closed ticket, once; an agent closes it again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.tickets.messages.transfer import undo
from requests_app.tickets.models import Event, Outcome, State, Ticket
from requests_app.tickets.models.event_data import Cause, EventData
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services.moves import move
from requests_app.tickets.services.new_words import record_opinion

REOPENED = Event.Kind.REOPENED
NEVER_REOPENED = (Outcome.WITHDRAWN, Outcome.UNWANTED)  # the first is undone on its own page


@transaction.atomic
def say_unsettled(*, ticket: Ticket, at: datetime) -> bool:
    """Record that it is not settled, for an agent to read; tell whether that reopened the ticket.

    A second time, or on a refusal, the message is read all the same: the agent decides. The legal clock of
    what had closed as answered is the agent's to correct, since only they know what was decided.
    """
    ticket = Ticket.objects.select_for_update().get(pk=survivor_of(ticket).pk)
    if ticket.is_open and _was_reopened(ticket):
        return False  # a second click
    is_reopened = _may_reopen(ticket)
    if is_reopened:
        data = EventData(cause=Cause.PERSON_UNSETTLED, is_by_person=True)
        ended = {"outcome": "", "closed_at": None, "closed_by_id": None, "service_answered_on": None}
        move(ticket, kind=REOPENED, by=None, at=at, data=data, state=State.OPEN, waiting_since=at, **ended)
        undo(ticket=ticket, at=at)
    with translation.override(settings.LANGUAGE_CODE):
        record_opinion(ticket=ticket, face="", sentence=_("Ce n’est pas réglé."), at=at)
    return is_reopened


def _may_reopen(ticket: Ticket) -> bool:
    if ticket.is_open or ticket.is_archived or ticket.outcome in (*NEVER_REOPENED, Outcome.REFUSED):
        return False
    return not _was_reopened(ticket)


def _was_reopened(ticket: Ticket) -> bool:
    events = Event.objects.filter(ticket=ticket, kind=REOPENED, data__cause=Cause.PERSON_UNSETTLED)
    return events.exists()
