from datetime import datetime, timedelta
from typing import Self

from django.db import models

LIVES = timedelta(hours=24)  # the next day somebody else is at the desk, and nothing must be guessed


class KeptNoteQuerySet(models.QuerySet["KeptNote"]):
    def alive(self, at: datetime) -> Self:
        return self.filter(kept_at__gt=at - LIVES)


class KeptNote(models.Model):
    """What an agent typed at the counter and has not submitted: one per agent, for a day (threats: S09).

    ``kind`` is the tab of the form, ``fields`` are its fields as typed.
    """

    author = models.OneToOneField("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    objects = KeptNoteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"kept note {self.pk}"
