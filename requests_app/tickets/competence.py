"""Whose business a ticket is: ours, another service of ours, or another body (CRPA, art. L114-2)."""

from django.db.models import F, Q

from requests_app.catalog.models import Topic
from requests_app.tickets.models import Outcome, State, Ticket

# The same as goes_to_our_service and is_awaited, as a condition for lists.
TO_OUR_SERVICE = ~Q(transfer_body="") & Q(topic__is_internal=True, transfer_body=F("topic__competent_body"))
AWAITED = (Q(transfer_body="") | TO_OUR_SERVICE) & (
    ~Q(state=State.CLOSED) | Q(outcome=Outcome.TRANSFERRED) & TO_OUR_SERVICE
)


def goes_to_our_service(ticket: Ticket) -> bool:
    """Tell whether the body in charge is a service of ours: we keep the clock and the receipt."""
    topic = ticket.topic
    return bool(
        topic and topic.is_internal and ticket.transfer_body and ticket.transfer_body == topic.competent_body
    )


def is_elsewhere(ticket: Ticket) -> bool:
    """Tell whether another administration is in charge: it writes the receipt, and its clock runs."""
    return bool(ticket.transfer_body) and not goes_to_our_service(ticket)


def is_with_our_service(ticket: Ticket) -> bool:
    """Tell whether a service of ours was given the ticket and has not answered, as far as we know."""
    return ticket.outcome == Outcome.TRANSFERRED and goes_to_our_service(ticket)


def is_awaited(ticket: Ticket) -> bool:
    """Tell whether the person is still waiting for an answer from our administration."""
    return not is_elsewhere(ticket) and (ticket.is_open or is_with_our_service(ticket))


def add_service_of(topic: Topic) -> Q:
    """Narrow to this topic's tickets that are ``is_with_our_service``; no join, so that its index serves."""
    if not topic.is_internal or not topic.competent_body:
        return Q(pk__in=())
    return Q(topic=topic, outcome=Outcome.TRANSFERRED, transfer_body=topic.competent_body)
