from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

READS_FOR = timedelta(days=1)


class SentAwayQuerySet(models.QuerySet["SentAway"]):
    def live(self) -> Self:
        """Filter those still open by the clock of the database; they end by themselves."""
        return self.filter(until__gt=Now())


class SentAway(models.Model):
    """A ticket that an agent sent out of their own scope: they read it for a day, and may undo it.

    ``ticket_id`` is no foreign key: tickets are a floor above.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    ticket_id = models.BigIntegerField()
    until = models.DateTimeField()

    objects = SentAwayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "ticket_id"], name="sent_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.ticket_id}"
