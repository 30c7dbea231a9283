"""Whether the person was told which documents are needed: by mail, on paper, or by an agent's voice."""

from datetime import datetime

from requests_app.channels.description import Medium
from requests_app.channels.registry import keys_of
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, ToDo, Touchpoint


def papers_key(ticket: Ticket) -> str:
    """Return the key of the task for the agent who tells them."""
    return f"papers:{ticket.reference}"


def is_told(ticket: Ticket, *, since: datetime) -> bool:
    """Tell whether a message written since then has left for the person."""
    sent = Touchpoint.objects.filter(ticket=ticket, direction=Touchpoint.Direction.OUT)
    mails = sent.filter(outgoing__kind=Outgoing.Kind.RECEIPT, outgoing__created_at__gte=since)
    letters = sent.filter(channel__in=keys_of(Medium.PAPER), facts__has_key="posted", occurred_at__gte=since)
    calls = ToDo.objects.filter(key=papers_key(ticket), done_at__gte=since).exclude(done_by=None)
    return mails.exclude(outgoing__state__in=Outgoing.NOT_GONE).exists() or letters.exists() or calls.exists()
