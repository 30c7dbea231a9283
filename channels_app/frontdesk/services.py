"""What an agent notes is stored, then understood in the same request; it can be undone for ten minutes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.intake.models import Arrival
from channels_app.intake.services import keep_and_hear, kept_before, take_back
from channels_app.noting import Kind, Noted
from requests_app.accounts.models import User
from requests_app.tickets.errors import Refused
from requests_app.tickets.services import withdraw_visit
from requests_app.visits.models import Visit

UNDO_WITHIN = timedelta(minutes=10)


def save_visit(*, kind: Kind, sheet: Noted, key: str) -> int:
    """Store a contact once per key, understand it, and return its arrival."""
    return keep_and_hear(
        channel=kind.channel,
        raw=sheet.to_raw(),
        source="desk",
        key=own_key(sheet.agent_id, key),
        at=sheet.at,
    )


def saved_before(*, kind: Kind, agent: User, key: str) -> int | None:
    """The arrival of what this agent already saved under this key: double click, reload, back (W01)."""
    return kept_before(channel=kind.channel, key=own_key(agent.pk, key))


def own_key(agent_id: int, key: str) -> str:
    """An agent's keys are his own: nobody can take or probe those of a colleague."""
    return f"{agent_id}:{key}"


@transaction.atomic
def undo_visit(*, arrival: Arrival, by: User, at: datetime) -> None:
    """Take a contact back with all it made, as long as nobody acted on it."""
    if at - arrival.received_at > UNDO_WITHIN:
        raise Refused(_("Trop tard pour annuler ici. Ouvrez la demande pour la terminer."))
    touchpoint = arrival.touchpoint
    if touchpoint and Visit.objects.filter(touchpoint=touchpoint).exclude(state=Visit.State.WAITING).exists():
        raise Refused(_("La personne a déjà été appelée."))
    take_back(arrival=arrival, reason=_("Annulée à l’accueil"), by=by, at=at)
    if touchpoint:
        withdraw_visit(touchpoint=touchpoint)
