"""What the history of a ticket says, as agents read it."""

from requests_app.tickets.models import Event
from requests_app.tickets.selectors.events import sentence


def said_by(event: Event) -> str:
    return sentence(event.kind, event.by.full_name if event.by else "", event.data)
