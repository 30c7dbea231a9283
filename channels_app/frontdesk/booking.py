"""« Rendez-vous » at « Suite ? »: the next free slots at once, while the person is still at the desk."""

from django.urls import reverse

from channels_app.frontdesk.desk import Desk
from channels_app.frontdesk.notices import just_noted
from requests_app.slots.models import Opening


def slots_of_visit(desk: Desk, arrival_id: int) -> str:
    """Return the address of the slots of a visit just noted; "" when its agent has none to choose from."""
    ticket = just_noted(desk, arrival_id)
    if ticket is None or not ticket.is_open:
        return ""
    if not desk.scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        return ""
    if not Opening.objects.standing().filter(agent__is_active=True).exists():
        return ""
    return f"{reverse('agenda:give', args=[ticket.reference])}?lieu={desk.maison_id}"
