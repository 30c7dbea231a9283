"""A citizen's words become a touchpoint of a ticket: the one way in for every channel."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.catalog.proposals import propose_topic
from requests_app.people.models import Person
from requests_app.routing.services import decide
from requests_app.routing.territory import Territory, current
from requests_app.tickets.deadlines import announced_due
from requests_app.tickets.errors import Refused
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages.acknowledgment import acknowledge
from requests_app.tickets.models import Mark, Outcome, State, Ticket, Touchpoint
from requests_app.tickets.models.tickets import Priority
from requests_app.tickets.references import new_reference
from requests_app.tickets.services import listening
from requests_app.tickets.services.danger import call_first, mark_danger
from requests_app.tickets.services.excerpts import excerpt_of
from requests_app.tickets.services.links import link
from requests_app.tickets.services.listening import PersonMessage
from requests_app.tickets.services.participants import propose_copied, propose_writer
from requests_app.tickets.services.placing import (
    evidence_of,
    follow_linked,
    let_author_read,
    past_tickets,
    shared_among,
)
from requests_app.tickets.services.preferred_hours import propose_call_hours
from requests_app.tickets.services.repeats import count_repeat, find_repeated, is_nothing_new
from requests_app.tickets.services.same_story import is_near, propose_same_story
from requests_app.tickets.services.speakers import Speaker, add_language, sender_of, speaker_of
from requests_app.tickets.services.ticket_matching import TicketMatch, match_ticket, refresh_ticket
from requests_app.tickets.services.withdrawing_visits import add_undo

READ_FOR_TOPIC = 4000  # signs of a message that are read to propose a topic and a commune


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
    speaker = speaker_of(said, at=at)
    found = _match_ticket(said, speaker.person)
    if found.joins:
        return _join(said, found.joins, found, at)
    land = current()
    past = past_tickets(speaker)
    recent = [each for each in past if is_near(each, said.occurred_at)]
    if first := find_repeated(said, recent, land):
        return _said_again(said, first, at)
    opened = _open_ticket(said, speaker, found, past, land, at)
    propose_same_story(opened.ticket, at, among=recent)
    return opened


def _said_again(said: InboundMessage, first: Touchpoint, at: datetime) -> Received:
    """Return the same words once more: counted, or kept as a second message when they bring other files."""
    if not is_nothing_new(said, first):
        if said.address:
            given = _("Adresse donnée cette fois : %(address)s.") % {"address": said.address}
            said = replace(said, remarks=(*said.remarks, given))
        words = _("Les mêmes mots sont revenus le même jour : ils rejoignent la demande.")
        return _join(said, first.ticket, TicketMatch(joins=first.ticket, words=words), at)
    count_repeat(said, first, at)
    return Received(first.ticket, first, is_new=False, is_repeat=True)


def _join(said: InboundMessage, ticket: Ticket, found: TicketMatch, at: datetime) -> Received:
    undoable = add_undo(said, ticket)
    ticket = refresh_ticket(ticket, said, excerpt=excerpt_of(said.reply_text or said.text), at=at)
    touchpoint = _touchpoint(undoable, ticket, at, found)
    call_first(ticket, said, at)
    listening.tell(PersonMessage(said, touchpoint, is_new=False), at)
    return Received(ticket, touchpoint, is_new=False)


def _open_ticket(
    said: InboundMessage,
    speaker: Speaker,
    found: TicketMatch,
    past: list[Ticket],
    land: Territory,
    at: datetime,
) -> Received:
    ticket = _open(said, speaker, found, past, land, at)
    touchpoint = _touchpoint(said, ticket, at, found)
    if speaker.role:
        propose_writer(ticket, said.sender_value, said.sender_name, speaker.role, at)
    if not said.is_silent:
        acknowledge(ticket, said, point=speaker.point, land=land, at=at)
    call_first(ticket, said, at)
    let_author_read(ticket, said, at)
    for other in filter(None, (found.linked, *found.others)):
        link(from_ticket=ticket, to_ticket=other, kind=found.kind, at=at)
    others = (found.linked, *found.others) if found.linked and said.by_number else ()
    listening.tell(PersonMessage(said, touchpoint, is_new=True, others=others), at)
    return Received(ticket, touchpoint, is_new=True)


def _match_ticket(said: InboundMessage, person: Person | None) -> TicketMatch:
    """Where these words belong: the ticket chosen by an agent, or what a seal that came back proves."""
    if said.ticket_id:
        return TicketMatch(joins=_chosen_ticket(said, person))
    return match_ticket(said, person)


def _chosen_ticket(said: InboundMessage, person: Person | None) -> Ticket:
    """The open ticket an agent joined these words to; only one of the same person."""
    ticket = Ticket.objects.open().filter(pk=said.ticket_id or 0).first()
    if ticket is None or person is None or ticket.person_id != person.pk:
        raise Refused(_("Cette demande ne peut pas recevoir ce contact."))
    return ticket


def _open(
    said: InboundMessage,
    speaker: Speaker,
    found: TicketMatch,
    past: list[Ticket],
    land: Territory,
    at: datetime,
) -> Ticket:
    person = speaker.person
    words = f"{said.subject}\n{said.reply_text or said.text}"[:READ_FOR_TOPIC]
    topic = land.topics.get(said.topic_code)
    proposal = None if topic else propose_topic(words, land.topics.values())
    evidence = replace(
        evidence_of(said, past, land),
        text=words,
        topic_code=topic.code if topic else proposal.code if proposal else "",
        is_topic_guessed=topic is None,
    )
    decision = follow_linked(said, found, at) or decide(evidence, at=at, territory=land)
    answered, in_danger = said.is_answered, Mark.DANGER in said.marks
    return Ticket.objects.create(
        reference=new_reference(),
        channel=said.channel,
        state=State.CLOSED if answered else State.TO_SORT,
        outcome=Outcome.ANSWERED if answered else "",
        closed_at=at if answered else None,
        first_answered_at=at if answered else None,
        answered_at=at if answered else None,
        closed_by_id=said.author_id if answered else None,
        priority=Priority.URGENT if said.is_urgent or in_danger else Priority.NORMAL,
        marks=list(said.marks),
        person=person,
        topic=topic,
        proposed_topic_id=proposal.topic_id if proposal else None,
        proposed_words=list(proposal.words) if proposal else [],
        is_sensitive=in_danger or bool(topic and topic.is_sensitive),
        maison_id=decision.maison_id,
        shared_with=shared_among(decision, land),
        decision=decision,
        transfer_body=decision.transfer_body,
        language=said.language or (person.language if person else ""),
        sender=sender_of(said, person),
        subject=said.subject[:300],
        excerpt=excerpt_of(said.reply_text or said.text),
        files_count=len(said.files),
        received_at=said.occurred_at,
        waiting_since=said.occurred_at,
        due_at=announced_due(said.occurred_at, topic),
    )


def _touchpoint(said: InboundMessage, ticket: Ticket, at: datetime, found: TicketMatch) -> Touchpoint:
    why = said.facts.get("why")
    facts = {**said.facts, "why": [*why, found.words]} if why else said.facts
    touchpoint = Touchpoint.objects.create(
        ticket=ticket,
        channel=said.channel,
        direction=said.direction,
        occurred_at=said.occurred_at,
        recorded_at=at,
        author_id=said.author_id,
        maison_id=said.maison_id,
        sender=(said.sender_value or said.sender_name)[:320],
        subject=said.subject,
        text=said.text,
        reply_text=said.reply_text,
        html=said.html,
        html_version=said.html_version,
        facts=facts,
        remarks=[*said.remarks, *([found.words] if found.linked else [])],
    )
    if said.files:
        attach(touchpoint, said.files)
    if said.copied:
        propose_copied(ticket, said.copied, at)
    if said.companion:
        propose_writer(ticket, *said.companion, at)
    propose_call_hours(said, touchpoint, at)
    return touchpoint
