"""What is known of a message between its reading and the ticket that it opens."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.routing.territory import Territory
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.speakers import Speaker
from requests_app.tickets.services.ticket_matching import TicketMatch


@dataclass(frozen=True, slots=True)
class Reception:
    """Gather what the first steps of the pipeline found; ``past`` are the person's tickets, newest first."""

    said: InboundMessage
    speaker: Speaker
    match: TicketMatch
    past: list[Ticket]
    territory: Territory
    at: datetime
