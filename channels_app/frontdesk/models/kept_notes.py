from datetime import datetime, timedelta
from typing import Self

from django.db import models

LIVES = timedelta(hours=24)  # the next day somebody else stands at the desk, and nothing is to be guessed


class KeptNoteQuerySet(models.QuerySet["KeptNote"]):
    def alive(self, at: datetime) -> Self:
        return self.filter(kept_at__gt=at - LIVES)


class KeptNote(models.Model):
    """What an agent typed at the counter and has not saved: one, his own, for a day (threats: S09).

    ``kind`` is the place of the switch, ``fields`` are those of its form as typed.
    """

    author = models.OneToOneField("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    objects = KeptNoteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"kept note {self.pk}"
