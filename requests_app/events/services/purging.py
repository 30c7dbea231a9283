"""Delete the events that other software had time to read."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from requests_app.events.models import DomainEvent, EventCounter
from requests_app.events.services.ordering import place_all

BATCH = 5000


def purge_expired(*, at: datetime) -> int:
    """Delete those older than GRU_EVENTS_DAYS, from the beginning of the log; return how many."""
    limit, total = at - timedelta(days=settings.EVENTS_DAYS), 0
    place_all()
    while deleted := _purge_batch(limit):
        total += deleted
    return total


@transaction.atomic
def _purge_batch(limit: datetime) -> int:
    """Delete the next ones, up to the first that stays: what is kept has no gap."""
    placed = DomainEvent.objects.filter(position__isnull=False).order_by("position")
    stays = placed.filter(at__gte=limit).values_list("position", flat=True).first()
    rows = placed if stays is None else placed.filter(position__lt=stays)
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    old = DomainEvent.objects.filter(pk__in=ids)
    last = old.aggregate(last=Max("position"))["last"]
    if last is None:
        return 0
    EventCounter.objects.filter(pk=1).update(purged=last)
    return old.delete()[0]
