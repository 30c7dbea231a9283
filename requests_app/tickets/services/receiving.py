"""A citizen's words become a touchpoint of a ticket: the one way in for every channel.

The steps stand here in their order, each a function of its own module. All of them are one transaction: a
message is stored whole, with its acknowledgment, or it is heard again later.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.routing.territory import current
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages.acknowledgment import acknowledge
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services import listening
from requests_app.tickets.services.danger import call_first, mark_danger
from requests_app.tickets.services.excerpts import excerpt_of
from requests_app.tickets.services.facts import record_opened
from requests_app.tickets.services.links import link_all
from requests_app.tickets.services.listening import PersonMessage
from requests_app.tickets.services.opening import open_ticket
from requests_app.tickets.services.participants import propose_speaker
from requests_app.tickets.services.placing import let_author_read
from requests_app.tickets.services.reception import Reception
from requests_app.tickets.services.refreshing import refresh_ticket
from requests_app.tickets.services.repeats import count_repeat, find_repeated, is_nothing_new
from requests_app.tickets.services.same_story import is_near, propose_same_story
from requests_app.tickets.services.speakers import (
    add_language,
    create_speaker,
    find_past_tickets,
    find_speaker,
    remember_language,
)
from requests_app.tickets.services.ticket_matching import TicketMatch, match_ticket
from requests_app.tickets.services.touchpoints import propose_from, record_touchpoint
from requests_app.tickets.services.withdrawing_visits import add_undo


@dataclass(frozen=True, slots=True)
class Received:
    """Where the words landed; ``is_new`` when they opened the ticket.

    ``is_repeat``: the touchpoint is an earlier one, that they only say again.
    """

    ticket: Ticket
    touchpoint: Touchpoint
    is_new: bool
    is_repeat: bool = False


@transaction.atomic(savepoint=False)
def receive(said: InboundMessage, *, at: datetime) -> Received:
    """Turn what a channel understood into a touchpoint, on the ticket it belongs to or a new one."""
    said = mark_danger(add_language(said))
    speaker = find_speaker(said) or create_speaker(said, at=at)
    remember_language(speaker, said)
    match = match_ticket(said, speaker.person)
    if match.joins:
        return _join(said, match.joins, match, at)
    past, land = find_past_tickets(speaker), current()
    recent = [each for each in past if is_near(each, said.occurred_at)]
    if first := find_repeated(said, recent, land):
        return _receive_again(said, first, at)
    return _receive_new(Reception(said, speaker, match, past, land, at), recent)


def _join(said: InboundMessage, ticket: Ticket, match: TicketMatch, at: datetime) -> Received:
    """Add the words to a ticket that stands."""
    undoable = add_undo(said, ticket)
    ticket = refresh_ticket(ticket, said, excerpt=excerpt_of(said.reply_text or said.text), at=at)
    touchpoint = record_touchpoint(undoable, ticket, match, at)
    propose_from(undoable, touchpoint, at)
    call_first(ticket, said, at)
    listening.tell(PersonMessage(said, touchpoint, is_new=False), at)
    return Received(ticket, touchpoint, is_new=False)


def _receive_again(said: InboundMessage, first: Touchpoint, at: datetime) -> Received:
    """Count the same words once more, or store them as a second message when they bring other files."""
    if not is_nothing_new(said, first):
        if said.address:
            given = _("Adresse donnée cette fois : %(address)s.") % {"address": said.address}
            said = replace(said, remarks=(*said.remarks, given))
        words = _("Les mêmes mots sont revenus le même jour : ils rejoignent la demande.")
        return _join(said, first.ticket, TicketMatch(joins=first.ticket, words=words), at)
    count_repeat(said, first, at)
    return Received(first.ticket, first, is_new=False, is_repeat=True)


def _receive_new(reception: Reception, recent: Collection[Ticket]) -> Received:
    """Open a ticket, acknowledge it, and tell all who must act on it."""
    said, speaker, match, at = reception.said, reception.speaker, reception.match, reception.at
    ticket = open_ticket(reception)
    record_opened(ticket, at=at)
    touchpoint = record_touchpoint(said, ticket, match, at)
    propose_from(said, touchpoint, at)
    propose_speaker(ticket, said, speaker.role, at)
    if not said.is_silent:
        acknowledge(ticket, said, point=speaker.point, land=reception.territory, at=at)
    call_first(ticket, said, at)
    let_author_read(ticket, said, at)
    link_all(ticket, match.tickets, kind=match.kind, at=at)
    others = match.tickets if said.by_number else ()
    listening.tell(PersonMessage(said, touchpoint, is_new=True, others=others), at)
    propose_same_story(ticket, at, among=recent)
    return Received(ticket, touchpoint, is_new=True)
