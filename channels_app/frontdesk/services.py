"""What an agent logs is stored, then processed in the same HTTP request; it can be undone for ten minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.frontdesk.appointments import came_with
from channels_app.intake.models import Arrival
from channels_app.intake.services import (
    find_stored,
    key_of_words,
    remember_glimpse,
    store_and_process,
    undo_clear,
)
from channels_app.noting import ContactSheet, Kind
from requests_app.accounts.models import User
from requests_app.appointments.services import undo
from requests_app.feedback.services import withdraw_opinion
from requests_app.tickets.errors import Refused
from requests_app.tickets.services import withdraw_visit
from requests_app.visits.models import Visit

UNDO_WITHIN = timedelta(minutes=10)
UNDER_WAY = timedelta(seconds=30)  # the page saves what is typed every second or so, on a slow connection too
FORM = "form"  # among the facts of an arrival: the page it was typed on


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission of the form: its key, and all that was typed and attached.

    The same content is the same contact (W01); other content under the same key is a second one (N05).
    """

    agent_id: int
    key: str
    words: tuple[tuple[str, str], ...] = ()

    @property
    def form(self) -> str:
        """Return the key of the page: an agent's keys are their own, nobody can reuse or probe them."""
        return f"{self.agent_id}:{self.key}"

    @property
    def unique(self) -> str:
        return key_of_words(self.form, self.words)


def save_visit(*, kind: Kind, sheet: ContactSheet, pressed: Submission) -> int:
    """Store a contact once per key and content, process it, and return its arrival."""
    return store_and_process(
        channel=kind.channel,
        raw=sheet.to_raw(),
        source="desk",
        key=pressed.unique,
        at=sheet.at,
        facts={FORM: pressed.form},
    )


def saved_before(*, kind: Kind, pressed: Submission) -> int | None:
    """Return the arrival that this agent already saved so: double click, reload, back (W01)."""
    return find_stored(channel=kind.channel, key=pressed.unique)


def is_just_saved(*, kind: Kind, agent: User, key: str, at: datetime) -> bool:
    """Return whether this page was submitted a moment ago: what its autosave still sends is already in."""
    young = Arrival.objects.filter(channel=kind.channel, received_at__gt=at - UNDER_WAY)
    return young.filter(**{f"facts__{FORM}": Submission(agent.pk, key).form}).exists()


@transaction.atomic
def undo_visit(*, arrival: Arrival, by: User, at: datetime) -> None:
    """Undo a contact with all it created, as long as nobody acted on it."""
    if at - arrival.received_at > UNDO_WITHIN:
        raise Refused(_("Trop tard pour annuler ici. Ouvrez la demande pour la terminer."))
    touchpoint = arrival.touchpoint
    if touchpoint and Visit.objects.filter(touchpoint=touchpoint).exclude(state=Visit.State.WAITING).exists():
        raise Refused(_("La personne a déjà été appelée."))
    undo_clear(arrival=arrival, reason=_("Annulée à l’accueil"), by=by, at=at)
    if touchpoint:
        if came := came_with(touchpoint):
            undo(appointment=came, by=by, at=at)
        withdraw_opinion(ticket=touchpoint.ticket, way=touchpoint.channel, said_at=touchpoint.occurred_at)
        withdraw_visit(touchpoint=touchpoint, at=at)
    arrival.refresh_from_db()
    remember_glimpse(arrival)
