"""Nothing disappears: received = heard + quarantined + discarded + pending (threats: I2)."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from channels_app.intake.models import Arrival, ArrivalRaw

logger = logging.getLogger(__name__)

OLDEST_PENDING_S = 600
State = Arrival.State


@dataclass(frozen=True, slots=True)
class Balance:
    """The equation of a moment. ``gap`` counts arrivals that are in no state, heard without a touchpoint
    or without their bytes; ``oldest_pending_s`` is None when nothing is pending."""

    received: int
    heard: int
    quarantined: int
    discarded: int
    pending: int
    gap: int
    oldest_pending_s: int | None

    @property
    def is_right(self) -> bool:
        return self.gap == 0 and (self.oldest_pending_s or 0) <= OLDEST_PENDING_S


def reconcile(*, at: datetime, since: datetime | None = None) -> Balance:
    """Count the arrivals (received since ``since``) against their ends."""
    arrivals = Arrival.objects.filter(received_at__gte=since) if since else Arrival.objects.all()
    raws = ArrivalRaw.objects.filter(arrival__received_at__gte=since) if since else ArrivalRaw.objects.all()
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


def check_balance(*, at: datetime) -> Balance:
    """Reconcile and say an imbalance in the log, where the alerts are read."""
    balance = reconcile(at=at)
    if not balance.is_right:
        logger.error(
            "intake: out of balance, gap %s, oldest pending %s s", balance.gap, balance.oldest_pending_s
        )
    return balance
