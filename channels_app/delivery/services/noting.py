"""What became of a claimed message: the row first and alone, then its line in the log (threats: O02)."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from channels_app.delivery.services.asking import check_doubt, check_failure, no_doubt
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import TRIED_FOR, step

State = Outgoing.State
FIRST_WAIT, MAX_WAIT = timedelta(seconds=30), timedelta(hours=2)
ASK_AFTER = timedelta(minutes=1)  # a slow server may still be about to accept
HELD = (State.SENDING, State.UNCERTAIN)  # a lease may run out under a slow worker: what it knows still counts


def record_sent(outgoing: Outgoing, at: datetime, *, provider_id: str = "", words: str = "") -> str:
    """Record that the other side has it."""
    changes: dict[str, Any] = {"provider_id": provider_id[:200], "sent_at": at, "ended_at": at, "reason": ""}
    state = _note(outgoing, State.SENT, words or _("Accepté par le serveur d’envoi."), at, HELD, **changes)
    links.extend_links(outgoing, at)
    if outgoing.attempts > 1:
        no_doubt(outgoing, at)  # what an agent was asked meanwhile is asked no longer
    return state


def record_failed(outgoing: Outgoing, at: datetime, why: str) -> str:
    """Record that it will never leave, or that this recipient will never get it."""
    return _note(outgoing, State.FAILED, why, at, reason=why[:300], ended_at=at)


def record_dropped(outgoing: Outgoing, at: datetime, why: str) -> str:
    """Record that it is no longer true, or that its hours are over: it stays here, with the reason."""
    return _note(outgoing, State.CANCELLED, why, at, reason=why[:300], ended_at=at)


def doubtful(outgoing: Outgoing, at: datetime, why: str) -> str:
    """Record that it may have left; the sweep asks in a minute."""
    changes: dict[str, Any] = {"reason": why[:300], "try_after": at + ASK_AFTER, "doubts": F("doubts") + 1}
    return _note(outgoing, State.UNCERTAIN, why, at, **changes)


def record_unresolved(outgoing: Outgoing, at: datetime) -> str:
    """Record that nobody can say whether it left: sending again might say it twice, so an agent looks."""
    words = _("Envoi resté sans réponse : à vérifier par un agent.")
    check_doubt(outgoing, at)
    return _note(outgoing, State.UNCERTAIN, words, at, HELD, reason=words, ended_at=at)


def asked_later(outgoing: Outgoing, at: datetime, why: str) -> str:
    """Record that it may have left and nobody could be asked: it is not sent again before that."""
    due = at + min(ASK_AFTER * 2 ** min(outgoing.attempts, 10), MAX_WAIT)
    if due > outgoing.give_up_at:
        return record_unresolved(outgoing, at)
    words = _("Envoi à vérifier, le service ne répond pas : %(why)s") % {"why": why}
    return _note(outgoing, State.UNCERTAIN, words, at, (State.UNCERTAIN,), try_after=due)


def later(outgoing: Outgoing, at: datetime, why: str, *, gives_up: bool = True) -> str:
    """Wait longer each time, with some chance in it, until a day has passed.

    What does not give up waits the shortest time: the circuit sees to it that few are tried.
    """
    doublings = min(max(outgoing.attempts - 1, 0), 10) if gives_up else 0
    wait = min(FIRST_WAIT * 2**doublings, MAX_WAIT)
    due = at + wait * random.uniform(0.8, 1.2)  # noqa: S311 (spreads the retries, protects nothing)
    if gives_up and due > outgoing.give_up_at:
        return _given_up(outgoing, at, why)
    words = _("Pas encore parti : %(why)s") % {"why": why}
    back = (
        State.UNCERTAIN if outgoing.doubts else State.QUEUED
    )  # what may have left is never « waiting » again
    return _note(outgoing, back, words, at, try_after=due)


def record_held(outgoing: Outgoing, at: datetime, why: str, *, until: datetime) -> str:
    """Record that a limit of ours holds it until then: no try of its own has failed."""
    words = _("Retenu : %(why)s") % {"why": why}
    back = State.UNCERTAIN if outgoing.doubts else State.QUEUED
    return _note(outgoing, back, words, at, try_after=until, give_up_at=until + TRIED_FOR)


def _given_up(outgoing: Outgoing, at: datetime, why: str) -> str:
    if outgoing.doubts:
        return record_unresolved(outgoing, at)
    words = _("Abandonné après un jour d’essais : %(why)s") % {"why": why}
    check_failure(outgoing, why, at)
    return record_failed(outgoing, at, words)


def _note(
    outgoing: Outgoing,
    state: str,
    words: str,
    at: datetime,
    held: tuple[str, ...] = (State.SENDING,),
    **changes: Any,
) -> str:
    row = Outgoing.objects.filter(pk=outgoing.pk, state__in=held, ended_at=None)
    if row.update(state=state, claimed_until=None, **changes):
        step(outgoing.pk, words, at=at)
        return state
    return state_of(outgoing.pk)


def state_of(outgoing_id: int) -> str:
    """Return the state as it is now; "" when there is no such message."""
    return Outgoing.objects.values_list("state", flat=True).filter(pk=outgoing_id).first() or ""
