"""What the law says of a ticket, as the follow-up page shows it (CRPA, art. R112-5): day, silence, appeal."""

from datetime import date

from django.template.loader import render_to_string

from requests_app.lib import french
from requests_app.tickets.competence import is_elsewhere
from requests_app.tickets.deadlines import reasons_due
from requests_app.tickets.messages.agent_in_charge import add_agent
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.messages.receipt import silence_words
from requests_app.tickets.messages.service_identity import reachable
from requests_app.tickets.models import Outcome, Ticket


def law_of(ticket: Ticket, *, today: date | None = None) -> str:
    """Write what the law says of a ticket, whoever reads it: the page stands behind its link or code.

    No query when the Maison and the topic are loaded and nobody is in charge. A reserved ticket names
    neither place nor agent (threats: A03, S07); once decided, or elsewhere, silence decides nothing.
    """
    is_waited_for = ticket.is_open or ticket.outcome == Outcome.TRANSFERRED
    is_ours = is_waited_for and not is_elsewhere(ticket)
    topic = ticket.topic
    who = reachable(identity_of(None if ticket.is_sensitive else ticket.maison))
    context: dict[str, object] = {
        "received": french.day(ticket.received_at),
        "first_received": french.day(ticket.first_received_on) if ticket.first_received_on else "",
        "due": french.day(ticket.due_at) if ticket.due_at and is_waited_for else "",
        "who": who if ticket.is_sensitive else add_agent(who, ticket),
        **(silence_words(ticket, topic, today=today) if topic and is_ours else {"has_silence": False}),
        **_reasons_words(ticket if is_ours else None),
    }
    return render_to_string("messages/_law.txt", context).strip()


def _reasons_words(ticket: Ticket | None) -> dict[str, str]:
    """Return when the person asked why silence refused, and our deadline to answer (CRPA, art. L232-4)."""
    asked_on, due = (ticket.reasons_asked_on, reasons_due(ticket)) if ticket else (None, None)
    return {
        "reasons_asked": french.day(asked_on) if asked_on else "",
        "reasons_due": french.day(due) if due else "",
    }
