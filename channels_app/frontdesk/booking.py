"""« Rendez-vous » at « Suite ? »: the next free slots at once, while the person is still there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app.frontdesk.desk import Desk
from channels_app.frontdesk.notices import just_noted
from channels_app.noting import Kind
from requests_app.slots.models import Opening


class NoSlotsShown(Exception):
    """The next slots cannot be shown here; the text says why, and what becomes of the wish."""


def slots_of_noted(desk: Desk, kind: Kind, arrival_id: int) -> str:
    """Return the address of the slots of a visit or a call just noted, "" without an open ticket.

    Raises NoSlotsShown.
    """
    ticket = just_noted(desk, arrival_id, channel=kind.channel)
    if ticket is None or not ticket.is_open:
        return ""
    if not desk.scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NoSlotsShown(
            _(
                "Pas de créneau ici : le service qui suit cette demande garde son agenda pour lui."
                " Le souhait d’un rendez-vous est écrit dans la demande, ce service le lira."
            )
        )
    if not Opening.objects.standing().filter(agent__is_active=True).exists():
        raise NoSlotsShown(
            _(
                "Pas de créneau à montrer : aucun agent n’a noté ses horaires."
                " Le souhait d’un rendez-vous est écrit dans la demande."
            )
        )
    return f"{reverse('agenda:give', args=[ticket.reference])}?lieu={desk.maison_id}"
