"""Words join a ticket that stands: lists show them, and what waited for the person is ours again."""

from datetime import datetime
from typing import Any

from django.db.models import F

from requests_app.events.models import Kind
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, State, Ticket, Touchpoint
from requests_app.tickets.models.event_data import Cause, EventData
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services.danger import marks_with
from requests_app.tickets.services.facts import record_ticket
from requests_app.tickets.services.new_words import word_changes
from requests_app.tickets.services.ticket_matching import is_mere_thanks


def refresh_ticket(ticket: Ticket, said: InboundMessage, *, excerpt: str, at: datetime) -> Ticket:
    """Show the last words received, and reopen the ticket that waited for the person.

    What an agent said answers those words, and adds its files. What a machine surely answered never comes
    here; what only looks so may be a person's words, and nobody must miss them (threats: N01). Returns the
    ticket that the words join: another one when a colleague merged it at the same instant.
    """
    changes: dict[str, Any] = {
        "files_count": F("files_count") + len(said.files),
        "version": F("version") + 1,
    }
    if not is_mere_thanks(ticket, said):
        changes |= word_changes(said, excerpt=excerpt)
    again = _ours_again(ticket, said) if said.direction == Touchpoint.Direction.IN else {}
    marked = marks_with(ticket, said)
    apart = Ticket.objects.filter(pk=ticket.pk, merged_into=None)
    if not apart.update(**changes, **again, **marked):
        ticket.refresh_from_db(fields=["merged_into"])
        return refresh_ticket(survivor_of(ticket), said, excerpt=excerpt, at=at)
    for name, value in marked.items():
        setattr(ticket, name, value)
    if "state" in again:
        _tell_reopened(ticket, at)
    return ticket


def _ours_again(ticket: Ticket, said: InboundMessage) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if is_mere_thanks(ticket, said):
        return changes
    if ticket.answered_at and ticket.answered_at >= ticket.waiting_since:
        changes["waiting_since"] = said.occurred_at  # they had their answer: this is a new wait
    if (said.follows or said.by_number) and ticket.state in {State.CLOSED, State.WAITING_PERSON}:
        changes |= {"state": State.OPEN, "waiting_since": said.occurred_at}
        changes |= {"closed_at": None, "closed_by": None, "outcome": ""}
    return changes


def _tell_reopened(ticket: Ticket, at: datetime) -> None:
    kind = Event.Kind.REOPENED if ticket.state == State.CLOSED else Event.Kind.RESUMED
    Event.objects.record(ticket.pk, kind=kind, by=None, at=at, data=EventData(cause=Cause.PERSON_REPLIED))
    if kind == Event.Kind.REOPENED:
        record_ticket(ticket, Kind.TICKET_REOPENED, at=at)
