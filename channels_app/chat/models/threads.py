from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Max


class ThreadQuerySet(models.QuerySet["Thread"]):
    def with_last_line(self) -> Self:
        return self.annotate(last_line=Max("lines__pk"))

    def started_from(self, caller: str, *, since: datetime) -> Self:
        return self.filter(caller=caller, created_at__gt=since)


class Thread(models.Model):
    """One conversation. ``ticket`` is None until its first line is parsed; the secret link leads here.

    ``contact`` is where an answer goes that nobody fetched. ``fetched_line`` is the last line that a page
    of the person has shown, ``dangers`` the codes of what their lines mention. ``caller`` and ``key``, which
    makes a first line sent twice one thread, are keyed hashes.
    """

    key = models.CharField(max_length=64, unique=True)
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    contact_kind = models.CharField(max_length=10, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    caller = models.CharField(max_length=64, blank=True)
    dangers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    fetched_line = models.BigIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["caller", "created_at"], name="chat_thread_caller"),
            models.Index(fields=["contact", "created_at"], name="chat_thread_contact"),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"
