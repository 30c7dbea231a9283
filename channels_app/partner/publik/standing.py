"""Where a request of a portal is, in the shape of its own data: ``workflow.status`` with ``endpoint``.

It says what the person reads of it and no more: never the topic, the place or the words (threats: A03).
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.partner.key import KEY
from channels_app.partner.publik.storing import request_key
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import survivor_of


def standing_of(portal: str, foreign: str) -> dict[str, Any] | None:
    """Tell where the request is that this portal knows by this address; None when it never sent it."""
    known = intake.find_stored(channel=KEY, key=request_key(portal, foreign)) if foreign else None
    return standing_of_arrival(known) if known is not None else None


def standing_of_arrival(arrival_id: int) -> dict[str, Any]:
    """Tell where an arrival is; one that waits, or that an agent must read, has no number yet."""
    arrival = Arrival.objects.select_related("touchpoint__ticket").get(pk=arrival_id)
    if arrival.touchpoint is None:
        return {"id": None, "display_id": None, "arrival": arrival.pk, "state": arrival.state}
    ticket = survivor_of(arrival.touchpoint.ticket)
    return {
        "id": ticket.reference,
        "display_id": ticket.reference,
        "arrival": arrival.pk,
        "state": arrival.state,
        "backoffice_url": settings.PUBLIC_URL + reverse("backoffice:ticket", args=[ticket.reference]),
        "workflow": {"status": _status(ticket)},
    }


def _status(ticket: Ticket) -> dict[str, Any]:
    return {"id": ticket.state, "name": ticket.get_state_display(), "endpoint": not ticket.is_open}
