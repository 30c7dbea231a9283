from datetime import datetime, timedelta
from typing import Self

from django.db import models

OLDEST = timedelta(minutes=5)  # a signature older than this is refused, so its token need not be stored


class UsedTokenQuerySet(models.QuerySet["UsedToken"]):
    def outlived(self, now: datetime) -> Self:
        """Narrow to those whose signature is too old to be accepted, even with clocks that differ."""
        return self.filter(used_at__lt=now - 3 * OLDEST)


class UsedToken(models.Model):
    """The token of an accepted call: the signature covers no content, so it is valid once."""

    digest = models.CharField(max_length=64, primary_key=True)
    used_at = models.DateTimeField(db_index=True)

    objects = UsedTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:8]
