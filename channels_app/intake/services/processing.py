"""An arrival is processed once, whoever calls: its task, the sweep, an agent's « Réessayer »."""

import errno
import logging
import time
import traceback
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from channels_app.contract import WORDS, Ignored, Parsed, RawMessage, Slow, Unreadable
from channels_app.intake.models import Arrival
from channels_app.intake.models.arrivals import ArrivalQuerySet
from channels_app.intake.services.glimpsing import add_glimpse, remember_glimpse
from channels_app.intake.services.timing import ARRIVALS
from channels_app.intake.steps import add_steps, tell_the_first
from channels_app.registry import inbound_of
from requests_app.lib.failpoints import failpoint
from requests_app.tickets.files import discard
from requests_app.tickets.models import Ticket, TicketLink, Touchpoint
from requests_app.tickets.services import link, receive

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3  # threats: F08
WAIT_BETWEEN = timedelta(seconds=30)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
State = Arrival.State


class AlreadyEnded(Exception):
    """Another worker was quicker: what this one did is rolled back."""


def process(*, arrival_id: int, at: datetime) -> str:
    """Process one pending arrival and return its state; called twice, it acts once.

    What raises is tried again by the sweep and ends in quarantine after the third time; the next
    arrivals are not held up.
    """
    return _process(arrival_id, at, is_counted=False)


def process_again(*, arrival_id: int, at: datetime, among: ArrivalQuerySet | None = None) -> str:
    """Process what an earlier try left pending, perhaps because it killed its worker.

    So this try is counted before it begins; nothing is tried when the arrival is not ``among`` the
    pending ones meant.
    """
    pending = (Arrival.objects.pending() if among is None else among).filter(pk=arrival_id)
    begun = pending.filter(attempts__lt=MAX_ATTEMPTS).update(
        attempts=F("attempts") + 1, try_after=at + WAIT_BETWEEN
    )
    if begun:
        return _process(arrival_id, at, is_counted=True)
    reason = _("Trois essais n’ont pas abouti.")
    given_up = pending.filter(attempts__gte=MAX_ATTEMPTS)
    if given_up.update(state=State.QUARANTINED, reason=reason, ended_at=at):
        remember_glimpse(Arrival.objects.select_related("raw").get(pk=arrival_id))
    return _state(arrival_id)


def _process(arrival_id: int, at: datetime, *, is_counted: bool) -> str:
    arrival = Arrival.objects.select_related("raw").filter(pk=arrival_id).first()
    if arrival is None or arrival.state != State.PENDING:
        return arrival.state if arrival else ""
    began = time.perf_counter()
    try:
        return _try(arrival, at, is_counted=is_counted)
    except AlreadyEnded:
        return _state(arrival_id)
    finally:
        ARRIVALS.observe(time.perf_counter() - began)


def _state(arrival_id: int) -> str:
    return Arrival.objects.values_list("state", flat=True).filter(pk=arrival_id).first() or ""


def _try(arrival: Arrival, at: datetime, *, is_counted: bool) -> str:
    try:
        return _parse(arrival, at)
    except Unreadable as error:
        return _quarantine(arrival, error, at)
    except (OperationalError, InterfaceError):  # the database is away: the arrival is fine
        raise
    except AlreadyEnded:
        raise
    except Slow:
        return _yield_to_fresh(arrival, at, is_counted=is_counted)
    except Exception as error:  # the quarantine is the one place for unforeseen errors
        # Never the text of the error: a database quotes the values it refuses.
        logger.error("intake: arrival %s: %s at %s", arrival.pk, type(error).__name__, _where(error))
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return _postpone(arrival, at)
        return _record_failure(arrival, at, error, is_counted=is_counted)


def _parse(arrival: Arrival, at: datetime) -> str:
    failpoint("intake.before_parse")
    raw = arrival.raw.content
    arrived = RawMessage(
        arrival.pk, arrival.address, raw, arrival.received_at, arrival.facts, is_slow=arrival.is_slow
    )
    result = inbound_of(arrival.channel).parse(arrived)
    failpoint("intake.in_parse")
    if isinstance(result, Ignored):
        return _discard(arrival, result, at)
    try:
        state = _receive_numbered(arrival, result, at)
    except IntegrityError as error:
        if "arrival_heard_once" in str(error):
            reason = _("Le même message est déjà arrivé par un autre chemin.")
            words = result.said.reply_text or result.said.text
            facts = {**result.facts, "reason_code": "duplicate", WORDS: words}
            with transaction.atomic():
                tell_the_first(arrival, result.meaning)
                return _end(arrival, State.DISCARDED, at, reason=reason, facts=facts)
        raise
    failpoint("intake.after_commit")
    return state


@transaction.atomic
def _quarantine(arrival: Arrival, error: Unreadable, at: datetime) -> str:
    state = _end(arrival, State.QUARANTINED, at, reason=str(error), facts=error.facts)
    if error.then:
        error.then()
    return state


@transaction.atomic
def _discard(arrival: Arrival, noise: Ignored, at: datetime) -> str:
    state = _end(arrival, State.DISCARDED, at, reason=noise.reason, facts=noise.facts)
    if noise.then:
        noise.then()
    return state


def _receive_numbered(arrival: Arrival, heard: Parsed, at: datetime) -> str:
    """Retry with another reference when it is taken: once in nine hundred among a million tickets."""
    try:
        return _receive(arrival, heard, at)
    except IntegrityError as error:
        if "tickets_ticket_reference" not in str(error):
            raise
        return _receive(arrival, heard, at)


@transaction.atomic
def _receive(arrival: Arrival, heard: Parsed, at: datetime) -> str:
    received = receive(replace(heard.said, facts=add_steps(heard.said.facts, arrival, at)), at=at)
    has_files = bool(heard.said.files) and not received.is_repeat  # those of an earlier arrival are not ours
    written = list(received.touchpoint.attachments.all()) if has_files else []
    facts = {**heard.facts, "why": received.touchpoint.facts.get("why", [])}
    end = partial(_end, facts=facts, touchpoint=received.touchpoint, meaning=heard.meaning)
    try:
        if heard.then:
            heard.then(received)
        if heard.siblings:
            _link_siblings(received.ticket, heard.siblings, at)
        state = end(arrival, State.HEARD, at)
    except (AlreadyEnded, IntegrityError):
        discard(written)
        raise
    failpoint("intake.before_commit")
    return state


def _link_siblings(ticket: Ticket, meanings: Iterable[str], at: datetime) -> None:
    """Link the tickets of one message sent to several of our services (threats: M06)."""
    heard = Arrival.objects.filter(state=State.HEARD, meaning__in=meanings)
    for other in Ticket.objects.filter(touchpoints__arrivals__in=heard).distinct():
        link(from_ticket=ticket, to_ticket=other, kind=TicketLink.Kind.SAME_MESSAGE, at=at)


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
    told = {**arrival.facts, **(facts or {})} if touchpoint else add_glimpse(arrival, facts or {})
    ended = (
        Arrival.objects.pending()
        .filter(pk=arrival.pk)
        .update(
            state=state,
            reason=reason[:300],
            facts=told,
            touchpoint=touchpoint,
            meaning=meaning,
            ended_at=at,
        )
    )
    if not ended:
        raise AlreadyEnded
    return state


def _record_failure(arrival: Arrival, at: datetime, error: Exception, *, is_counted: bool) -> str:
    attempts = arrival.attempts if is_counted else arrival.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        reason = _("Trois essais ont échoué (%(error)s).") % {"error": type(error).__name__}
        return _end(arrival, State.QUARANTINED, at, reason=reason)
    Arrival.objects.pending().filter(pk=arrival.pk).update(
        attempts=attempts, try_after=at + WAIT_BETWEEN * attempts
    )
    return State.PENDING


def _yield_to_fresh(arrival: Arrival, at: datetime, *, is_counted: bool) -> str:
    """Leave it to the sweep, which takes slow ones one at a time (threats: N02); this is not a failure."""
    tried = {"attempts": F("attempts") - 1} if is_counted else {}
    Arrival.objects.pending().filter(pk=arrival.pk).update(is_slow=True, try_after=at, **tried)
    return State.PENDING


def _postpone(arrival: Arrival, at: datetime) -> str:
    """Postpone an arrival when the disk has no room for its files (threats: F05); this is not a failure."""
    Arrival.objects.pending().filter(pk=arrival.pk).update(attempts=0, try_after=at + WAIT_BETWEEN)
    return State.PENDING


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
