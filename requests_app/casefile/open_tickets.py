"""A person's open tickets, as told to the person at the desk (design/ux.md: N5)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.lib import french
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.selectors.masking import NO_TOPIC, RESERVED

MAX_ROWS = 10


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """``next_step`` is the sentence to say; ``is_readable`` lets the page link to the ticket."""

    id: int
    reference: str
    topic: str
    state: str
    received_at: datetime
    next_step: str
    is_readable: bool


def open_tickets(scope: Scope, person_id: int) -> list[OpenTicket]:
    """List their open tickets within the scope, newest first; one statement."""
    tickets = Ticket.objects.open().within(scope).filter(person_id=person_id).select_related("topic")
    return [_row(ticket, scope) for ticket in tickets.order_by("-received_at", "-pk")[:MAX_ROWS]]


def open_ticket_on(scope: Scope, person_id: int, topic_code: str) -> Ticket | None:
    """Find their open ticket on this topic that the agent may read: a new visit joins it."""
    same = Ticket.objects.open().readable(scope).filter(person_id=person_id, topic__code=topic_code)
    return same.order_by("-received_at", "-pk").first()


def open_ticket_like(scope: Scope, person_id: int, topic_code: str) -> Ticket | None:
    """Find their open ticket whose text only seems to be on this topic: the agent decides on joining it."""
    guessed = Ticket.objects.open().readable(scope).filter(person_id=person_id, topic=None)
    same = guessed.filter(proposed_topic__code=topic_code)
    return same.order_by("-received_at", "-pk").first()


def _row(ticket: Ticket, scope: Scope) -> OpenTicket:
    is_readable = scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
    label = (ticket.topic.label if ticket.topic else ticket.subject) or str(NO_TOPIC)
    return OpenTicket(
        id=ticket.pk,
        reference=ticket.reference,
        topic=label if is_readable else str(RESERVED),
        state=ticket.state,
        received_at=ticket.received_at,
        next_step=_next_step(ticket),
        is_readable=is_readable,
    )


def _next_step(ticket: Ticket) -> str:
    if ticket.state == State.WAITING_PERSON:
        return _("Il manque un papier de la personne.")
    if ticket.state == State.WAITING_OTHER:
        return _("Un autre service doit répondre.")
    if ticket.due_at:
        return _("Réponse avant le %(day)s.") % {"day": french.day(ticket.due_at)}
    if ticket.state == State.TO_SORT:
        return _("Un gestionnaire va la lire.")
    return _("Un gestionnaire s’en occupe.")
