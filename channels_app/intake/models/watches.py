from django.db import models


class Watch(models.Model):
    """What the last check of the count found: one row, which every staff page of the central team reads.

    ``wrong_since`` is when the trouble was first seen, None while the count is right; ``whole_at`` when a
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
