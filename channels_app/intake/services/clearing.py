"""What staff do with the quarantine: try again, put aside with a reason, take back."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.intake.models import Arrival
from channels_app.intake.services.hearing import hear
from requests_app.accounts.models import User
from requests_app.lib.wake import wake
from requests_app.tickets.errors import ReasonMissing, Refused

State = Arrival.State


def retry(*, arrival: Arrival, at: datetime) -> str:
    """Hear a quarantined arrival again, at once; returns its new state."""
    _back_to_pending(arrival, State.QUARANTINED, at)
    return hear(arrival_id=arrival.pk, at=at)


def retry_later(*, arrivals: Iterable[Arrival], at: datetime) -> int:
    """Let the workers hear quarantined arrivals again; how many were still there."""
    count = 0
    for arrival in arrivals:
        with suppress(Refused), transaction.atomic():
            _back_to_pending(arrival, State.QUARANTINED, at)
            wake("intake.hear", arrival_id=arrival.pk)
            count += 1
    return count


def discard(*, arrival: Arrival, reason: str, by: User, at: datetime) -> None:
    """Put a quarantined arrival aside; its bytes stay."""
    if not reason.strip():
        raise ReasonMissing
    moved = (
        Arrival.objects.quarantined()
        .filter(pk=arrival.pk)
        .update(state=State.DISCARDED, reason=reason.strip()[:300], ended_at=at, ended_by=by)
    )
    if not moved:
        raise Refused(_("Ce message n’est plus en quarantaine."))


def undo_discard(*, arrival: Arrival, at: datetime) -> None:
    """Bring back into quarantine what was put aside, by a rule or by a colleague."""
    moved = Arrival.objects.filter(pk=arrival.pk, state=State.DISCARDED).update(
        state=State.QUARANTINED, ended_at=at, ended_by=None
    )
    if not moved:
        raise Refused(_("Ce message n’est plus écarté."))


def take_back(*, arrival: Arrival, reason: str, by: User, at: datetime) -> None:
    """Put aside what an agent stored and undoes at once, whatever was understood of it; its bytes stay.

    The caller undoes what the arrival had become, in the same transaction.
    """
    moved = (
        Arrival.objects.filter(pk=arrival.pk)
        .exclude(state=State.DISCARDED)
        .update(state=State.DISCARDED, reason=reason[:300], touchpoint=None, ended_at=at, ended_by=by)
    )
    if not moved:
        raise Refused(_("C’est déjà annulé."))


def _back_to_pending(arrival: Arrival, state: State, at: datetime) -> None:
    moved = Arrival.objects.filter(pk=arrival.pk, state=state).update(
        state=State.PENDING, reason="", attempts=0, try_after=at, ended_at=None, ended_by=None
    )
    if not moved:
        raise Refused(_("Ce message n’est plus en quarantaine."))
