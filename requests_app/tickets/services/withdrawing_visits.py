"""Undo a visit or a call that an agent noted, with all it changed."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.events.models import Kind
from requests_app.routing.models import RoutingDecision
from requests_app.tickets.errors import Refused
from requests_app.tickets.files import discard
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, Ticket, ToDo, Touchpoint
from requests_app.tickets.services.calls import promise_key
from requests_app.tickets.services.excerpts import excerpt_of
from requests_app.tickets.services.facts import record_ticket
from requests_app.tickets.services.recounting import recount_files
from requests_app.tickets.todos import change_count

WROTE_BEFORE: Final = "wrote_before"  # the instant of the last unread message before this one


def add_undo(said: InboundMessage, ticket: Ticket) -> InboundMessage:
    """Return the message, with what undoing it needs of « A répondu »."""
    if said.author_id is None:
        return said
    before = ticket.person_wrote_at.isoformat() if ticket.person_wrote_at else None
    return replace(said, facts={**said.facts, WROTE_BEFORE: before})


@transaction.atomic
def withdraw_visit(*, touchpoint: Touchpoint, at: datetime) -> None:
    """Undo a visit just logged, with its ticket if the visit opened it and nobody worked on it.

    The raw arrival stays, marked as discarded by the channel.
    """
    ticket = Ticket.objects.select_for_update().get(pk=touchpoint.ticket_id)
    if touchpoint.split_tickets.exists():
        raise Refused(_("Un collègue a déjà commencé à suivre cette demande."))
    before = ticket.touchpoints.exclude(pk=touchpoint.pk).order_by("-occurred_at", "-pk").first()
    _take_files_away(touchpoint)
    if before:
        _drop_tasks_of(touchpoint)
        ticket.participants.filter(added_by=None, added_at=touchpoint.recorded_at).delete()
        touchpoint.delete()
        words = excerpt_of(before.reply_text or before.text)
        wrote_at = touchpoint.facts.get(WROTE_BEFORE)
        Ticket.objects.filter(pk=ticket.pk).update(
            excerpt=words,
            excerpt_channel=before.channel,
            person_wrote_at=datetime.fromisoformat(wrote_at) if wrote_at else None,
            version=ticket.version + 1,
        )
        recount_files([ticket.pk])
        return
    if ticket.version > 1 or ticket.notes.exists() or ticket.tasks.exclude(done_at=None).exists():
        raise Refused(_("Un collègue a déjà commencé à suivre cette demande."))
    person, decision = ticket.person, ticket.decision
    Event.objects.filter(ticket=ticket).delete()
    record_ticket(ticket, Kind.TICKET_REMOVED, at=at)
    ticket.delete()
    if decision:
        RoutingDecision.objects.filter(pk=decision.pk).delete()
    if person and person.created_at == touchpoint.recorded_at and not person.tickets.exists():
        person.delete()


def _take_files_away(touchpoint: Touchpoint) -> None:
    """Delete its files once the undo is certain; the raw arrival still has their bytes."""
    files = list(touchpoint.attachments.all())
    transaction.on_commit(lambda: discard(files))


def _drop_tasks_of(touchpoint: Touchpoint) -> None:
    """Drop what was asked because of it, on a ticket that stays."""
    mine = ToDo.objects.to_do().filter(ticket_id=touchpoint.ticket_id, key=promise_key(touchpoint))
    gone, _rows = mine.delete()
    change_count(touchpoint.ticket_id, -gone)
