from datetime import datetime
from typing import Self

from django.db import models

from channels_app.partner.publik.signing import MAX_SKEW


class UsedSignatureQuerySet(models.QuerySet["UsedSignature"]):
    def old(self, now: datetime) -> Self:
        """Filter those too old to be accepted again, even with clocks that differ."""
        return self.filter(used_at__lt=now - 3 * MAX_SKEW)


class UsedSignature(models.Model):
    """A signature that was accepted: it covers no body, so it is valid once."""

    digest = models.CharField(max_length=64, primary_key=True)
    used_at = models.DateTimeField(db_index=True)

    objects = UsedSignatureQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:8]
