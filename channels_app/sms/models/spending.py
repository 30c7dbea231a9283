from django.db import models


class Spending(models.Model):
    """The segments sent in a day: bounds the cost of a flood (threats: S06)."""

    day = models.DateField(primary_key=True)
    segments = models.PositiveIntegerField(default=0)
    is_cut = models.BooleanField(default=False)  # something was held back that day

    def __str__(self) -> str:
        return f"{self.day}"
