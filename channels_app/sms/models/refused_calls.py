from django.db import models


class RefusedCalls(models.Model):
    """How many calls were not the provider's, each day: nothing else is stored (threats: S01)."""

    day = models.DateField(primary_key=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}"
