from django.db import models


class Try(models.Model):
    """One use of a limited action; ``who`` is a keyed hash of the address or contact (threats: W02, W09)."""

    kind = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1, db_default=1)
    bytes = models.PositiveBigIntegerField(default=0, db_default=0)  # of the uploaded files

    class Meta:
        indexes = [
            models.Index(fields=["kind", "who", "at"], name="try_counted"),
            models.Index(fields=["at"], name="try_old"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
