import secrets
import uuid
from datetime import datetime
from typing import Self

from django.db import models


class DraftQuerySet(models.QuerySet["Draft"]):
    def alive(self, at: datetime) -> Self:
        return self.filter(expires_at__gt=at)


class Draft(models.Model):
    """The answers of one person to the form, stored for seven days, with only the hash of its secret.

    ``key`` is the idempotency key of the submission (threats: W01), ``arrival_id`` its arrival. The secret
    changes each time the link to come back is used, the last time at ``rotated_at``.
    """

    secret_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    answers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    rotated_at = models.DateTimeField(null=True, blank=True)
    arrival = models.ForeignKey("intake.Arrival", models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"draft {self.pk}"


def stored_name(_file: "DraftFile | None" = None, _given: str = "") -> str:
    """Return a name of our own: nothing of the sender's reaches the disk (threats: M15)."""
    return f"portal/{secrets.token_hex(16)}"


class DraftFile(models.Model):
    """A photo or a document attached to the answers; its type is what its bytes say."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to=stored_name, max_length=100)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft file {self.pk}"
