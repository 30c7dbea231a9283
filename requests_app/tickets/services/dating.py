"""The day another administration first received a ticket: a refusal counts from it (CRPA, art. L114-3)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.models.event_data import FirstReceived
from requests_app.tickets.services.moves import move, require_handler
from requests_app.tickets.services.own_services import require_awaited
from requests_app.tickets.services.receipts import confirm

OLDEST_YEAR = 2000


@transaction.atomic
def note_first_received(*, ticket: Ticket, first_on: date | None, by: User, at: datetime) -> None:
    """Note that day, or erase it (None); the person is told the new day of our silence."""
    require_handler(ticket, by)
    require_awaited(ticket)
    if first_on and not date(OLDEST_YEAR, 1, 1) <= first_on <= local_day(ticket.received_at):
        raise Refused(_("Choisissez un jour d’avant notre réception."))
    move(
        ticket,
        kind=Event.Kind.FIRST_RECEIVED,
        by=by,
        at=at,
        data=FirstReceived(first_on=first_on),
        first_received_on=first_on,
    )
    confirm(ticket=ticket, at=at)
