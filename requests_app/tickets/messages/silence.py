"""While a ticket is marked as a danger, no automatic message leaves: an abuser may read it (threats: N12).

Checked when a message is planned and before it leaves (preflight.py; reminders/services/preflight.py).
Codes that the person asks for themselves still leave: without one they cannot read their answer.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.todos import ask

ASKED_FOR = {Outgoing.Kind.CODE}


def why_silent(ticket: Ticket, kind: str) -> str:
    """Say why no automatic message of this kind may leave about the ticket; "" when one may."""
    if kind in ASKED_FOR:
        return ""
    is_in_danger = ticket.is_in_danger or survivor_of(ticket).is_in_danger
    return reason() if is_in_danger else ""


def reason() -> str:
    return _("Danger : rien ne part automatiquement, un agent appelle.")


def tell_by_voice(ticket: Ticket, at: datetime) -> None:
    """Ask an agent to tell the person by voice, once however many messages there were."""
    text = _("Danger : un message automatique n’est pas parti. Dites-le de vive voix.")
    ask(ticket=ticket, kind=ToDo.Kind.CALL, text=text, key=f"danger-told:{ticket.reference}", at=at)
