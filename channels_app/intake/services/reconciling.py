"""Nothing disappears: received = heard + quarantined + discarded + pending (threats: I2)."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min, Q

from channels_app.intake.models import Arrival, ArrivalRaw, Watch

logger = logging.getLogger(__name__)

OLDEST_PENDING_S = 600
RECENT = timedelta(days=1)
WHOLE_EVERY = timedelta(days=1)
State = Arrival.State


@dataclass(frozen=True, slots=True)
class Balance:
    """The equation at one instant. ``gap`` counts arrivals that are in no state, heard without a touchpoint
    or without their bytes; ``oldest_pending_s`` is None when nothing is pending."""

    received: int
    heard: int
    quarantined: int
    discarded: int
    pending: int
    gap: int
    oldest_pending_s: int | None

    @property
    def is_in_time(self) -> bool:
        return (self.oldest_pending_s or 0) <= OLDEST_PENDING_S

    @property
    def is_right(self) -> bool:
        return self.gap == 0 and self.is_in_time


def reconcile(*, at: datetime, since: datetime | None = None) -> Balance:
    """Count the arrivals by state; ``since`` leaves out what was received before and has ended."""
    arrivals, raws = Arrival.objects.all(), ArrivalRaw.objects.all()
    if since:
        arrivals = arrivals.recent(since)
        raws = raws.filter(arrival__in=arrivals)
    n = arrivals.aggregate(
        received=Count("pk"),
        heard=Count("pk", filter=Q(state=State.HEARD, touchpoint__isnull=False)),
        quarantined=Count("pk", filter=Q(state=State.QUARANTINED)),
        discarded=Count("pk", filter=Q(state=State.DISCARDED)),
        pending=Count("pk", filter=Q(state=State.PENDING)),
        oldest=Min("received_at", filter=Q(state=State.PENDING)),
    )
    oldest = n.pop("oldest")
    ended = n["heard"] + n["quarantined"] + n["discarded"] + n["pending"]
    gap = (n["received"] - ended) + abs(n["received"] - raws.count())
    age = int((at - oldest).total_seconds()) if oldest else None
    return Balance(**n, gap=gap, oldest_pending_s=age)


def reconcile_recent(*, at: datetime) -> Balance:
    """Reconcile what was received since yesterday or waits, with the gap that the last check found."""
    balance = reconcile(at=at, since=at - RECENT)
    found = Watch.objects.filter(pk=Watch.ONE).values_list("gap", flat=True).first() or 0
    return replace(balance, gap=max(balance.gap, found))


@transaction.atomic
def check_balance(*, at: datetime) -> Balance:
    """Reconcile; a gap is logged and, until a check finds none, shown on staff pages.

    Each check counts what was received since yesterday or still waits: its cost depends on the day,
    not on the years. Everything is counted once a day, and at each check while something is missing.
    """
    before = Watch.objects.select_for_update().filter(pk=Watch.ONE).first()
    is_whole = _is_time_for_all(before, at)
    balance = reconcile(at=at, since=None if is_whole else at - RECENT)
    if not balance.is_right:
        logger.error(
            "intake: out of balance, gap %s, oldest pending %s s", balance.gap, balance.oldest_pending_s
        )
    found = {"gap": balance.gap, "oldest_pending_s": balance.oldest_pending_s, "checked_at": at}
    since = None if balance.is_right else (before and before.wrong_since) or at
    whole_at = at if is_whole or before is None else before.whole_at
    Watch.objects.update_or_create(
        pk=Watch.ONE, defaults={**found, "wrong_since": since, "whole_at": whole_at}
    )
    return balance


def _is_time_for_all(before: Watch | None, at: datetime) -> bool:
    if before is None or before.whole_at is None or before.gap:
        return True
    return not timedelta(0) <= at - before.whole_at < WHOLE_EVERY
