"""What intake stores about a ticket: the raw arrival, twice when it came twice."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from channels_app.intake.models import Arrival, ArrivalRaw
from requests_app.lib.holdings import Collected, Holding, Loose, ends_alone, exempts, holds

ARRIVAL, RAW = "intake.Arrival", "intake.ArrivalRaw"


def _repeats(collected: Collected) -> Iterable[int]:
    """Return the arrivals discarded as duplicates of a touchpoint of these."""
    heard = Arrival.objects.filter(touchpoint__in=collected.keys_of("tickets.Touchpoint"))
    rows = list(heard.values_list("meaning", "raw_sha256"))
    aside = Arrival.objects.filter(touchpoint=None)
    same = aside.filter(raw_sha256__in=[sha for _, sha in rows])
    yield from same.values_list("pk", flat=True)
    meanings = [meaning for meaning, _ in rows if meaning]
    yield from aside.filter(meaning__in=meanings).values_list("pk", flat=True)


def _hand_over_bytes(collected: Collected) -> None:
    """Move bytes that another ticket shares to the first arrival that stays."""
    going = collected.keys_of(RAW)
    for raw in ArrivalRaw.objects.filter(held_by__in=going).exclude(pk__in=going).order_by("pk"):
        raw.refresh_from_db()  # an earlier iteration may have moved them already
        if raw.held_by_id in going:
            heirs = ArrivalRaw.objects.filter(held_by=raw.held_by_id).exclude(pk__in=[*going, raw.pk])
            others = list(heirs.values_list("pk", flat=True))
            ArrivalRaw.objects.filter(pk=raw.pk).update(data=raw.content, held_by=None)
            ArrivalRaw.objects.filter(pk__in=others).update(held_by=raw.pk)


def _apart(before: datetime) -> QuerySet[Arrival]:
    """Return what joined no ticket: discarded, or in quarantine since before then."""
    return Arrival.objects.filter(touchpoint=None, received_at__lt=before).exclude(
        state=Arrival.State.PENDING
    )


ends_alone(Loose(ARRIVAL, gettext_lazy("Messages gardés à part"), "received_at", _apart))
holds(
    Holding(ARRIVAL, points_to=(("touchpoint", "tickets.Touchpoint"),), find=_repeats),
    Holding(RAW, points_to=(("arrival", ARRIVAL),), before=_hand_over_bytes),
)
exempts("One row that counts arrivals.", "intake.Watch")
