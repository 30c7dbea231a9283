"""A ticket made from a set-aside message can be undone, while nobody works on it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Ticket, Touchpoint
from requests_app.tickets.services.withdrawing_visits import withdraw_visit


def is_untouched(ticket: Ticket) -> bool:
    """Tell whether nothing was added to it, nor done on it, since it was made."""
    if ticket.version > 1 or ticket.touchpoints.count() > 1 or ticket.notes.exists():
        return False
    return not ticket.events.exclude(kind=Event.Kind.SALVAGED).exclude(by=None).exists()


@transaction.atomic
def withdraw_made(*, touchpoint: Touchpoint, at: datetime) -> None:
    """Delete it with all it created; the raw arrival stays, its caller says where."""
    ticket = Ticket.objects.select_for_update().get(pk=touchpoint.ticket_id)
    if not is_untouched(ticket):
        raise Refused(_("Un collègue a déjà commencé à suivre cette demande."))
    withdraw_visit(touchpoint=touchpoint, at=at)
