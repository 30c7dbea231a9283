"""Whose business a ticket is: ours, another service of ours, or another body (CRPA, art. L114-2)."""

from requests_app.tickets.models import Ticket


def goes_to_our_service(ticket: Ticket) -> bool:
    """Tell whether the body in charge is a service of our own administration: clock and receipt stay ours."""
    topic = ticket.topic
    return bool(
        topic and topic.is_internal and ticket.transfer_body and ticket.transfer_body == topic.competent_body
    )


def is_elsewhere(ticket: Ticket) -> bool:
    """Tell whether another administration is in charge: it writes the receipt, and its clock runs."""
    return bool(ticket.transfer_body) and not goes_to_our_service(ticket)
