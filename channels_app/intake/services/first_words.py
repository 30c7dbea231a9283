"""Whose words opened a ticket: who says them again may be somebody else, who guessed them (threats: W09)."""

from requests_app.tickets.models import Ticket, Touchpoint


def has_opened(arrival_id: int, ticket: Ticket) -> bool:
    """Tell whether this arrival opened the ticket, rather than joined it or said the same again.

    The first words may have no arrival left, or never had one: what came after they were stored is a repeat.
    """
    rows = Touchpoint.objects.filter(ticket=ticket).order_by("pk", "arrivals")
    first = rows.values_list("arrivals", "arrivals__received_at", "recorded_at").first()
    return first is not None and first[0] == arrival_id and first[1] <= first[2]
