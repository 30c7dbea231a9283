from django.db import models


class DoomedFile(models.Model):
    """A file whose row is gone: recorded in the same transaction, deleted after it, even after a crash."""

    name = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"doomed file {self.pk}"
