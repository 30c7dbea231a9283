from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from requests_app.outbox.models import Outgoing


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def to_settle(self, after: datetime) -> Self:
        """Narrow to those whose message we know by now, and did not when the receipt came."""
        named = Outgoing.objects.filter(pk=OuterRef("mark"))
        known = Outgoing.objects.filter(provider_id=OuterRef("provider_id")).exclude(provider_id="")
        return self.filter(Exists(named) | Exists(known), settled_at=None, at__gt=after).order_by("pk")


class Receipt(models.Model):
    """A delivery receipt of a provider, as it came: maybe twice, late, or before we know the message's id.

    ``mark`` is our own number of the message, when the provider returns it. ``state`` is one of
    Outgoing's; ``is_address`` when it is the address that cannot be reached (threats: S03).
    """

    channel = models.CharField(max_length=10)
    provider_id = models.CharField(max_length=200)
    mark = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=Outgoing.State.choices)
    reason = models.CharField(max_length=200, blank=True)
    is_address = models.BooleanField(default=False)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider_id", "state", "reason"],
                name="receipt_once",
                violation_error_message="Cet avis est déjà connu.",
            )
        ]
        indexes = [models.Index(fields=["at"], condition=Q(settled_at=None), name="receipt_unsettled")]

    def __str__(self) -> str:
        return f"receipt {self.pk}"
