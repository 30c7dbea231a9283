from datetime import datetime, timedelta
from typing import Self

from django.db import models

OLDEST = timedelta(minutes=5)  # a signature older than this is refused, so its token need not be known


class UsedTokenQuerySet(models.QuerySet["UsedToken"]):
    def outlived(self, now: datetime) -> Self:
        """Return those that no accepted signature can bear any more, clocks that differ included."""
        return self.filter(used_at__lt=now - 3 * OLDEST)


class UsedToken(models.Model):
    """A signed call that was taken in: the signature covers no content, so it opens the door once."""

    digest = models.CharField(max_length=64, primary_key=True)
    used_at = models.DateTimeField(db_index=True)

    objects = UsedTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:8]
