"""One message is handed to its channel: claimed, sent outside any transaction, recorded.

Two workers, ten task calls or a sweep send one message. What fails after the hand-over never sends it again
(threats: O01, O02).
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from channels_app.contract import (
    BadAddress,
    Deferred,
    Held,
    NotConfigured,
    TemporaryFailure,
    Uncertain,
    Undeliverable,
)
from channels_app.delivery.services import circuits, noting
from channels_app.delivery.services.asking import call_meanwhile, check_contact, check_failure
from channels_app.delivery.services.claiming import claim
from channels_app.registry import outbound_of
from requests_app.lib.failpoints import failpoint
from requests_app.outbox.models import Outgoing
from requests_app.outbox.preflight import Obstacle, obstacle

logger = logging.getLogger(__name__)

MAX_ERRORS = 3  # an unforeseen error of ours: threats F08


def send(*, outgoing_id: int, at: datetime) -> str:
    """Hand over one due message and return its state."""
    rows = Outgoing.objects.due(at).filter(pk=outgoing_id)
    channel = rows.values_list("channel", flat=True).first()
    if channel is None or (way := circuits.route_of(channel, at)).is_paused:
        return noting.state_of(outgoing_id)
    outgoing = claim(rows, at)
    return speak(outgoing, at, way=way) if outgoing else noting.state_of(outgoing_id)


def speak(outgoing: Outgoing, at: datetime, *, way: circuits.Route, may_have_left: bool = False) -> str:
    """Hand a claimed message to its channel, record the outcome, and return its state.

    What is no longer true is dropped (threats: O04); an agent decides on what may have left before.
    """
    try:
        if found := obstacle(outgoing, at):
            return (
                noting.record_unresolved(outgoing, at)
                if may_have_left
                else _record_obstacle(outgoing, at, found)
            )
        provider_id = outbound_of(outgoing.channel).send(outgoing, at=at)
    except Undeliverable as error:
        state = _record_refusal(outgoing, at, error)
        _answers(outgoing.channel, way)  # and knows what it says
        return state
    except Held as error:
        return _record_hold(outgoing, at, error)
    except Deferred as error:
        return noting.later(outgoing, at, str(error))
    except TemporaryFailure as error:
        circuits.note_failure(outgoing.channel, at)
        is_set = not isinstance(error, NotConfigured)
        if not is_set:  # it may wait for days: no route out is configured
            call_meanwhile(outgoing, str(error), at)
        return noting.later(outgoing, at, str(error), gives_up=is_set)
    except Uncertain as error:
        circuits.note_failure(outgoing.channel, at)
        return noting.doubtful(outgoing, at, str(error))
    except Exception as error:  # a message that breaks our own code must not hold up the others
        return _broken(outgoing, at, error)
    failpoint("delivery.after_speak")
    state = noting.record_sent(outgoing, at, provider_id=provider_id)
    failpoint("delivery.after_note")
    _answers(outgoing.channel, way)
    return state


def _answers(channel: str, way: circuits.Route) -> None:
    """Close the circuit when it was failing; otherwise nothing is written."""
    if way.is_failing:
        circuits.note_success(channel)


@transaction.atomic
def _record_refusal(outgoing: Outgoing, at: datetime, error: Undeliverable) -> str:
    """Record that nothing left, and the agent's task about it, in one transaction."""
    state = noting.record_failed(outgoing, at, str(error))
    ask = check_contact if isinstance(error, BadAddress) else check_failure
    ask(outgoing, str(error), at)
    return state


@transaction.atomic
def _record_obstacle(outgoing: Outgoing, at: datetime, found: Obstacle) -> str:
    """Drop the message with the reason, and ask an agent to tell the person if they should know."""
    if found.asks_agent:
        check_failure(outgoing, found.reason, at)
    return noting.record_dropped(outgoing, at, found.reason)


@transaction.atomic
def _record_hold(outgoing: Outgoing, at: datetime, error: Held) -> str:
    """Hold the message and create an agent's task, in one transaction."""
    call_meanwhile(outgoing, str(error), at)
    return noting.record_held(outgoing, at, str(error), until=error.until)


def _broken(outgoing: Outgoing, at: datetime, error: Exception) -> str:
    logger.error("delivery: outgoing %s: %s", outgoing.pk, type(error).__name__)
    Outgoing.objects.filter(pk=outgoing.pk).update(errors=F("errors") + 1)
    if outgoing.errors + 1 < MAX_ERRORS:
        return noting.later(outgoing, at, type(error).__name__)
    why = _("Trois essais ont échoué (%(e)s).") % {"e": type(error).__name__}
    check_failure(outgoing, why, at)
    return noting.record_failed(outgoing, at, why)
