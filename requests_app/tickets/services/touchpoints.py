"""Record what was said, and what its words propose to the agent who reads them."""

from datetime import datetime

from requests_app.tickets.files import attach
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services.participants import propose_copied, propose_writer
from requests_app.tickets.services.preferred_hours import propose_call_hours
from requests_app.tickets.services.ticket_matching import TicketMatch


def record_touchpoint(said: InboundMessage, ticket: Ticket, match: TicketMatch, at: datetime) -> Touchpoint:
    """Write the words on their ticket with their files, and why they are there."""
    why = said.facts.get("why")
    facts = {**said.facts, "why": [*why, match.words]} if why else said.facts
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
        remarks=[*said.remarks, *([match.words] if match.linked else [])],
    )
    if said.files:
        attach(touchpoint, said.files)
    return touchpoint


def propose_from(said: InboundMessage, touchpoint: Touchpoint, at: datetime) -> None:
    """Propose those in copy, who came along, and the hours at which to call; an agent decides."""
    if said.copied:
        propose_copied(touchpoint.ticket, said.copied, at)
    if said.companion:
        propose_writer(touchpoint.ticket, *said.companion, at)
    propose_call_hours(said, touchpoint, at)
