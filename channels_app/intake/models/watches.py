from django.db import models


class Watch(models.Model):
    """The result of the last reconciliation: one row, which every page of the central team reads.

    ``wrong_since`` is when the gap was first seen, None while the count balances; ``whole_at`` is when a
    check last counted everything, and not the last day only.
    """

    ONE = 1

    checked_at = models.DateTimeField()
    whole_at = models.DateTimeField(null=True, blank=True)
    wrong_since = models.DateTimeField(null=True, blank=True)
    gap = models.PositiveIntegerField(default=0)
    oldest_pending_s = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"watch of {self.checked_at:%Y-%m-%d %H:%M}"
