"""One row of the outbox is handed to its channel: claimed, spoken outside any transaction, noted.

The state moves by conditional updates, so that two workers, ten rings or a sweep give one message. What
happens after the hand-over never sends again (threats: O01, O02).
"""

import logging
import random
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from channels_app.contract import Uncertain, Undeliverable, Unreachable
from channels_app.delivery.services import circuits
from channels_app.registry import adapter_for
from requests_app.lib.failpoints import failpoint
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import step

logger = logging.getLogger(__name__)

State = Outgoing.State
LEASE = timedelta(minutes=2)  # far above every time limit of a hand-over
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=2)
MOST_ERRORS = 3  # of ours, nobody foresaw: threats F08


def send(*, outgoing_id: int, at: datetime) -> str:
    """Hand over one due row and return its state; rings twice, sends once."""
    outgoing = Outgoing.objects.filter(pk=outgoing_id).first()
    if outgoing is None or outgoing.state != State.QUEUED or outgoing.try_after > at:
        return outgoing.state if outgoing else ""
    if until := circuits.pause_of(outgoing.channel, at):
        Outgoing.objects.filter(pk=outgoing_id, state=State.QUEUED).update(try_after=until)
        return State.QUEUED
    failpoint("delivery.before_claim")
    if not _claim(outgoing, at):
        return _state(outgoing_id)
    failpoint("delivery.after_claim")
    return _speak(outgoing, at)


def speak_again(outgoing: Outgoing, at: datetime) -> str:
    """Hand over once more what we do not know to have left, under the same Message-ID (threats: O01)."""
    claimed = Outgoing.objects.filter(pk=outgoing.pk, state=State.UNCERTAIN).update(
        state=State.SENDING, claimed_until=at + LEASE, attempts=F("attempts") + 1
    )
    return _speak(outgoing, at) if claimed else _state(outgoing.pk)


def _claim(outgoing: Outgoing, at: datetime) -> bool:
    claimed = Outgoing.objects.filter(pk=outgoing.pk, state=State.QUEUED).update(
        state=State.SENDING, claimed_until=at + LEASE, attempts=F("attempts") + 1
    )
    outgoing.attempts += claimed
    return bool(claimed)


def _speak(outgoing: Outgoing, at: datetime) -> str:
    try:
        provider_id = adapter_for(outgoing.channel).speak(outgoing)
    except Undeliverable as error:
        return note(outgoing, State.FAILED, str(error), at=at)
    except Unreachable as error:
        circuits.note_failure(outgoing.channel, at)
        return _later(outgoing, str(error), at)
    except Uncertain as error:
        circuits.note_failure(outgoing.channel, at)
        return note(outgoing, State.UNCERTAIN, str(error), at=at)
    except Exception as error:  # a message that breaks our own code must not hold up the others
        logger.error("delivery: outgoing %s: %s", outgoing.pk, type(error).__name__)
        return _broken(outgoing, error, at)
    failpoint("delivery.after_speak")
    state = note(outgoing, State.SENT, _("Accepté par le serveur d’envoi."), at=at, provider_id=provider_id)
    failpoint("delivery.after_note")
    circuits.note_success(outgoing.channel)
    return state


def note(outgoing: Outgoing, state: str, words: str, *, at: datetime, provider_id: str = "") -> str:
    """Write what became of a claimed row, alone and first; the log comes after (threats: O02)."""
    is_over = state in {State.FAILED, State.SENT}
    noted = Outgoing.objects.filter(pk=outgoing.pk, state=State.SENDING).update(
        state=state,
        reason="" if state == State.SENT else words[:300],
        provider_id=provider_id[:200],
        claimed_until=None,
        sent_at=at if state == State.SENT else None,
        ended_at=at if is_over else None,
    )
    if noted:
        step(outgoing.pk, words, at=at)
    return state if noted else _state(outgoing.pk)


def _later(outgoing: Outgoing, why: str, at: datetime) -> str:
    """Wait longer each time, with some chance in it, until a day has passed."""
    wait = min(FIRST_WAIT * 2 ** max(outgoing.attempts - 1, 0), LONGEST_WAIT)
    due = at + wait * random.uniform(0.8, 1.2)  # noqa: S311 (spreads the retries, protects nothing)
    if due > outgoing.give_up_at:
        reason = _("Abandonné après un jour d’essais : %(why)s") % {"why": why}
        return note(outgoing, State.FAILED, reason, at=at)
    back = Outgoing.objects.filter(pk=outgoing.pk, state=State.SENDING)
    if back.update(state=State.QUEUED, try_after=due, claimed_until=None):
        step(outgoing.pk, _("Pas encore parti : %(why)s") % {"why": why}, at=at)
    return _state(outgoing.pk)


def _broken(outgoing: Outgoing, error: Exception, at: datetime) -> str:
    if outgoing.attempts >= MOST_ERRORS:
        reason = _("Trois essais ont échoué (%(error)s).") % {"error": type(error).__name__}
        return note(outgoing, State.FAILED, reason, at=at)
    return _later(outgoing, type(error).__name__, at)


def _state(outgoing_id: int) -> str:
    return Outgoing.objects.values_list("state", flat=True).filter(pk=outgoing_id).first() or ""
