from datetime import datetime
from typing import Self

from django.db import models


class SecretLinkQuerySet(models.QuerySet["SecretLink"]):
    def usable(self, at: datetime) -> Self:
        """Filter those neither expired nor revoked."""
        return self.filter(expires_at__gt=at, revoked_at=None)


class SecretLink(models.Model):
    """A link that opens one page to whoever holds it (threats: W09).

    The secret itself is nowhere: it is derived from the server's key and ``key``, the business key of the
    message that carries it. ``purpose`` names the page, ``subject_id`` what it shows; neither is known here.
    """

    purpose = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    secret_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = SecretLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject_id"], name="secret_link_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
