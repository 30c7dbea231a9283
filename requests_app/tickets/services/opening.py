"""Open the ticket of words that belong to none yet: sorted by proposal, placed by the territory."""

from datetime import datetime
from typing import Any

from requests_app.catalog.models import Topic
from requests_app.catalog.proposals import Proposal, propose_topic
from requests_app.tickets.deadlines import announced_due
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Mark, Outcome, State, Ticket
from requests_app.tickets.models.tickets import Priority
from requests_app.tickets.references import new_reference
from requests_app.tickets.services.excerpts import excerpt_of
from requests_app.tickets.services.placing import choose_place, shared_among
from requests_app.tickets.services.reception import Reception
from requests_app.tickets.services.speakers import sender_of

READ_FOR_TOPIC = 4000  # characters of a message that are read to propose a topic and a commune


def open_ticket(reception: Reception) -> Ticket:
    """Write the row of a new ticket; what leaves or is asked because of it are other steps."""
    said, land, person = reception.said, reception.territory, reception.speaker.person
    words = f"{said.subject}\n{said.reply_text or said.text}"[:READ_FOR_TOPIC]
    topic = land.topics.get(said.topic_code)
    proposal = None if topic else propose_topic(words, land.topics.values())
    decision = choose_place(reception, words, topic, proposal)
    in_danger = Mark.DANGER in said.marks
    return Ticket.objects.create(
        reference=new_reference(),
        channel=said.channel,
        **_state_fields(said, reception.at),
        priority=Priority.URGENT if said.is_urgent or in_danger else Priority.NORMAL,
        marks=list(said.marks),
        person=person,
        **_topic_fields(topic, proposal),
        is_sensitive=in_danger or bool(topic and topic.is_sensitive),
        maison_id=decision.maison_id,
        shared_with=shared_among(decision, land),
        decision=decision,
        transfer_body=decision.transfer_body,
        language=said.language or (person.language if person else ""),
        sender=sender_of(said, person),
        subject=said.subject[:300],
        external_id=said.external_id[:100],
        excerpt=excerpt_of(said.reply_text or said.text),
        files_count=len(said.files),
        received_at=said.occurred_at,
        waiting_since=said.occurred_at,
        due_at=announced_due(said.occurred_at, topic),
    )


def _state_fields(said: InboundMessage, at: datetime) -> dict[str, Any]:
    """Return where the ticket stands: to sort, or closed when an agent answered at once."""
    if not said.is_answered:
        return {"state": State.TO_SORT}
    answered = {"closed_at": at, "first_answered_at": at, "answered_at": at}
    return {"state": State.CLOSED, "outcome": Outcome.ANSWERED, "closed_by_id": said.author_id, **answered}


def _topic_fields(topic: Topic | None, proposal: Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {"topic": topic}
    return {
        "topic": topic,
        "proposed_topic_id": proposal.topic_id,
        "proposed_words": list(proposal.words),
    }
