"""What staff do with the quarantine: retry, discard with a reason, undo."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.intake.models import Arrival
from channels_app.intake.services.processing import process
from requests_app.accounts.models import User
from requests_app.lib.enqueue import enqueue
from requests_app.tickets.errors import ReasonMissing, Refused

State = Arrival.State


def retry(*, arrival: Arrival, at: datetime) -> str:
    """Process a quarantined arrival again, at once; returns its new state."""
    _back_to_pending(arrival, State.QUARANTINED, at)
    return process(arrival_id=arrival.pk, at=at)


@dataclass(slots=True)
class RetryResult:
    """What became of many: references of the tickets joined, reasons of those that failed again, reasons of
    those discarded by a rule; how many are left to the workers, and how many were no longer there."""

    heard: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)
    later: int = 0
    gone: int = 0


def retry_many(*, arrivals: Iterable[Arrival], at: datetime, patience_s: float = 8.0) -> RetryResult:
    """Process quarantined arrivals again, one by one; an agent waits, so the rest is left to the workers."""
    told, end = RetryResult(), time.monotonic() + patience_s
    for arrival in arrivals:
        try:
            if time.monotonic() < end:
                _tell(told, arrival, retry(arrival=arrival, at=at))
            else:
                retry_later(arrival=arrival, at=at)
                told.later += 1
        except Refused:
            told.gone += 1
    return told


def _tell(told: RetryResult, arrival: Arrival, state: str) -> None:
    arrival.refresh_from_db()
    if state == State.HEARD and arrival.touchpoint:
        told.heard.append(arrival.touchpoint.ticket.reference)
    elif state == State.QUARANTINED:
        told.failed.append(arrival.reason)
    elif state == State.DISCARDED:
        told.discarded.append(arrival.reason)
    else:  # one try failed, two are left
        told.later += 1


@transaction.atomic
def retry_later(*, arrival: Arrival, at: datetime) -> None:
    """Let the workers process a quarantined arrival again."""
    _back_to_pending(arrival, State.QUARANTINED, at)
    enqueue("intake.process", arrival_id=arrival.pk)


def discard(*, arrival: Arrival, reason: str, by: User, at: datetime) -> None:
    """Discard a quarantined arrival; its bytes stay."""
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
    """Return to quarantine what a rule or a colleague discarded."""
    moved = Arrival.objects.filter(pk=arrival.pk, state=State.DISCARDED).update(
        state=State.QUARANTINED, ended_at=at, ended_by=None
    )
    if not moved:
        raise Refused(_("Ce message n’est plus écarté."))


def undo_clear(*, arrival: Arrival, reason: str, by: User, at: datetime) -> None:
    """Discard what an agent saved and undoes at once, whatever was parsed from it; its bytes stay.

    The caller undoes what was made of the arrival, in the same transaction.
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
