from django.db import models


class Erasures(models.Model):
    """How many SMS were deleted at the provider, each day: nothing else is stored about them."""

    day = models.DateField(primary_key=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}"
