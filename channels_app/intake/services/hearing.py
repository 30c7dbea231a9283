"""An arrival is understood once, whatever rings: the doorbell, the sweep, an agent's « Réessayer »."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from channels_app.contract import Arrived, Heard, Noise, Unreadable
from channels_app.intake.models import Arrival
from channels_app.registry import adapter_for
from requests_app.tickets.models import Touchpoint
from requests_app.tickets.services import receive

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3  # threats: F08
WAIT_BETWEEN = timedelta(seconds=30)


class AlreadyEnded(Exception):
    """Another worker was quicker: whatever this one did is undone."""


def hear(*, arrival_id: int, at: datetime) -> str:
    """Understand one pending arrival and return its state; rings twice, acts once.

    What raises is tried again by the sweep and ends in quarantine after the third time; the next
    arrivals are not held up.
    """
    arrival = Arrival.objects.select_related("raw").filter(pk=arrival_id).first()
    if arrival is None or arrival.state != Arrival.State.PENDING:
        return arrival.state if arrival else ""
    try:
        return _understand(arrival, at)
    except AlreadyEnded:
        return Arrival.objects.values_list("state", flat=True).get(pk=arrival_id)
    except Unreadable as error:
        return _end(arrival, Arrival.State.QUARANTINED, at, reason=str(error))
    except OperationalError:  # the database is away: nothing is wrong with the arrival
        raise
    except Exception as error:  # the quarantine is the one home of errors nobody foresaw
        logger.exception("intake: arrival %s not understood", arrival_id)
        return _failed(arrival, at, error)


def _understand(arrival: Arrival, at: datetime) -> str:
    arrived = Arrived(arrival.pk, arrival.address, bytes(arrival.raw.data), arrival.received_at)
    result = adapter_for(arrival.channel).hear(arrived)
    if isinstance(result, Noise):
        return _end(arrival, Arrival.State.DISCARDED, at, reason=result.reason, facts=result.facts)
    try:
        return _keep(arrival, result, at)
    except IntegrityError as error:
        if "arrival_heard_once" in str(error):
            reason = _("Le même message est déjà arrivé par un autre chemin.")
            facts = {**result.facts, "reason_code": "duplicate"}
            return _end(arrival, Arrival.State.DISCARDED, at, reason=reason, facts=facts)
        raise


@transaction.atomic
def _keep(arrival: Arrival, heard: Heard, at: datetime) -> str:
    received = receive(heard.said, at=at)
    if heard.then:
        heard.then(received)
    changes = {"touchpoint": received.touchpoint, "meaning": heard.meaning, "facts": heard.facts}
    return _end(arrival, Arrival.State.HEARD, at, **changes)


def _end(
    arrival: Arrival,
    state: Arrival.State,
    at: datetime,
    *,
    reason: str = "",
    facts: dict[str, object] | None = None,
    touchpoint: Touchpoint | None = None,
    meaning: str = "",
) -> str:
    ended = (
        Arrival.objects.pending()
        .filter(pk=arrival.pk)
        .update(
            state=state,
            reason=reason[:300],
            facts=facts or {},
            touchpoint=touchpoint,
            meaning=meaning,
            ended_at=at,
        )
    )
    if not ended:
        raise AlreadyEnded
    return state


def _failed(arrival: Arrival, at: datetime, error: Exception) -> str:
    attempts = arrival.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        reason = _("Trois essais ont échoué (%(error)s).") % {"error": type(error).__name__}
        return _end(arrival, Arrival.State.QUARANTINED, at, reason=reason)
    Arrival.objects.pending().filter(pk=arrival.pk).update(
        attempts=attempts, try_after=at + WAIT_BETWEEN * attempts
    )
    return Arrival.State.PENDING
