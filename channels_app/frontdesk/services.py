"""A visit is stored, then understood in the same request; it can be undone for ten minutes."""

import logging
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from channels_app.frontdesk.sheet import Sheet
from channels_app.intake.models import Arrival
from channels_app.intake.services import hear, keep, kept_before, take_back
from requests_app.accounts.models import User
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Channel
from requests_app.tickets.services import withdraw_visit
from requests_app.visits.models import Visit

logger = logging.getLogger(__name__)

UNDO_WITHIN = timedelta(minutes=10)


def save_visit(*, sheet: Sheet, key: str) -> int:
    """Store a visit once per key, understand it, and return its arrival.

    No bell is rung: the desk hears its own visit, and the sweep finishes what fails here (I1, I3).
    """
    stored = keep(
        channel=Channel.Kind.FRONTDESK,
        address="",
        raw=sheet.to_raw(),
        source="desk",
        at=sheet.at,
        key=own_key(sheet.agent_id, key),
    )
    try:
        hear(arrival_id=stored.arrival_id, at=sheet.at)
    except (OperationalError, InterfaceError):
        logger.warning("frontdesk: arrival %s stored, not heard yet", stored.arrival_id)
    return stored.arrival_id


def saved_before(*, agent: User, key: str) -> int | None:
    """The arrival of a visit this agent already saved under this key: double click, reload, back (W01)."""
    return kept_before(channel=Channel.Kind.FRONTDESK, key=own_key(agent.pk, key))


def own_key(agent_id: int, key: str) -> str:
    """An agent's keys are his own: nobody can take or probe those of a colleague."""
    return f"{agent_id}:{key}"


@transaction.atomic
def undo_visit(*, arrival: Arrival, by: User, at: datetime) -> None:
    """Take a visit back with all it made, as long as nobody acted on it."""
    if at - arrival.received_at > UNDO_WITHIN:
        raise Refused(_("La visite ne peut plus être annulée ici. Ouvrez la demande pour la terminer."))
    touchpoint = arrival.touchpoint
    if touchpoint and Visit.objects.filter(touchpoint=touchpoint).exclude(state=Visit.State.WAITING).exists():
        raise Refused(_("La personne a déjà été appelée."))
    take_back(arrival=arrival, reason=_("Annulée à l’accueil"), by=by, at=at)
    if touchpoint:
        withdraw_visit(touchpoint=touchpoint)
