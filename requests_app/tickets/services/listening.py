"""Rooms above that must act on a person's words, in the transaction that stores them, register here at start.

« Je ne pourrai pas venir mardi » marks an appointment, which tickets know nothing of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from requests_app.lib.registry import Handlers
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Mark, Ticket, Touchpoint


@dataclass(frozen=True, slots=True)
class PersonMessage:
    """What a person said and where it landed; ``others`` are tickets that their number may be about."""

    said: InboundMessage
    touchpoint: Touchpoint
    is_new: bool
    others: tuple[Ticket, ...] = ()

    @property
    def text(self) -> str:
        return self.said.reply_text or self.said.text


Listener = Callable[[PersonMessage, datetime], None]

LISTENERS: Handlers[Listener] = Handlers("room that acts on a person’s words")


def register(listener: Listener) -> None:
    """Tell this room of every message of a person; a second time changes nothing."""
    LISTENERS.add(listener)


def tell(words: PersonMessage, at: datetime) -> None:
    """Tell them all; what an agent noted or a machine wrote is no answer of the person."""
    said = words.said
    is_of_the_person = said.direction == Touchpoint.Direction.IN and said.author_id is None
    if is_of_the_person and Mark.MACHINE not in said.marks:
        for listener in LISTENERS:
            listener(words, at)
