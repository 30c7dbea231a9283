"""« OUI, pour quoi ? »: one SMS that gives each open question a digit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from requests_app.channels.outbound import Reply
from requests_app.channels.ways_out import compose
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.tickets.messages.many import AutomaticMessage, plan_messages
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import acted_as
from requests_app.waiting_list.doubt_texts import Choice, doubt_texts


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is asked: ``key`` names it once for all, ``answered`` is the last message it may answer."""

    key: str
    verb: str
    choices: Sequence[Choice]
    answered: Outgoing
    ticket: Ticket


def ask_which(doubt: Doubt, at: datetime) -> None:
    """Ask by the way the latest question went."""
    ticket, asked = acted_as(doubt.ticket), doubt.answered
    language = ticket.language or (ticket.person.language if ticket.person else "")
    reply = Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=dict,
        brief=lambda: doubt_texts(doubt.verb, doubt.choices, language=language),
    )
    message = Message(
        key=doubt.key,
        kind=Outgoing.Kind.NOTICE,
        channel=asked.channel,
        recipient=asked.recipient,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=asked.contact_point,
        payload=compose(asked.channel, reply).content,
    )
    plan_messages([AutomaticMessage(ticket, message)], at=at)
