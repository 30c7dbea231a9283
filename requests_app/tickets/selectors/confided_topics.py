"""A topic that only some may read, proposed to them alone: the ticket stores nothing of it (A03)."""

from dataclasses import dataclass

from requests_app.catalog.models import Topic
from requests_app.catalog.proposals import propose_topic
from requests_app.routing.territory import Territory
from requests_app.tickets.models import Ticket

READ = 4000  # characters of a message, as on reception


@dataclass(frozen=True, slots=True)
class ConfidedTopic:
    """What a message speaks of, for those who may read it."""

    topic: Topic
    words: tuple[str, ...]


def confided_topic(ticket: Ticket, text: str, territory: Territory) -> ConfidedTopic | None:
    """Propose a sensitive topic where nothing else is chosen or proposed; no query.

    The caller has checked that the agent may read sensitive topics at this place.
    """
    if ticket.topic_id or ticket.proposed_topic_id:
        return None
    words = f"{ticket.subject}\n{text}"[:READ]
    proposal = propose_topic(words, territory.topics.values(), with_sensitive=True)
    topic = territory.topics.get(proposal.code) if proposal else None
    return ConfidedTopic(topic, proposal.words) if topic and proposal else None
