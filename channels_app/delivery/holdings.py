"""Delivery receipts are purged with their message."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from channels_app.delivery.models import Receipt
from requests_app.lib.holdings import Collected, Holding, Loose, ends_alone, exempts, holds
from requests_app.outbox.models import Outgoing


def _receipts(collected: Collected) -> Iterable[int]:
    """Return the receipts of the messages to purge, found by our number or by the provider's id."""
    sent = Outgoing.objects.filter(pk__in=collected.keys_of("outbox.Outgoing"))
    marked = Receipt.objects.filter(mark__in=collected.keys_of("outbox.Outgoing"))
    yield from marked.values_list("pk", flat=True)
    ids = sent.exclude(provider_id="").values("provider_id")
    yield from Receipt.objects.filter(provider_id__in=ids).values_list("pk", flat=True)


def _orphans(before: datetime) -> QuerySet[Receipt]:
    """Return the receipts of messages that no longer exist, or never did."""
    marked = Outgoing.objects.filter(pk=OuterRef("mark"))
    known = Outgoing.objects.filter(provider_id=OuterRef("provider_id")).exclude(provider_id="")
    return Receipt.objects.filter(~Exists(marked), ~Exists(known), at__lt=before)


ends_alone(Loose("delivery.Receipt", gettext_lazy("Avis de remise sans message"), "at", _orphans))
holds(Holding("delivery.Receipt", find=_receipts))
exempts("The state of a way out: no person.", "delivery.Circuit")
