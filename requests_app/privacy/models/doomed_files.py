from django.db import models


class DoomedFile(models.Model):
    """A file whose row is gone: noted in the same transaction, erased after it, whatever stops between."""

    name = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"doomed file {self.pk}"
