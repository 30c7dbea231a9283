from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """What one program may do, and where.

    ``account`` acts for it in services and histories; it never signs in. Empty ``maison_ids`` are the whole
    territory, empty ``topic_ids`` are all topics. ``last_used_at`` is written once a minute at most.
    """

    class State(models.TextChoices):
        VALID = "valid", _("Valable")
        EXPIRED = "expired", _("Expirée")
        REVOKED = "revoked", _("Révoquée")

    name = models.CharField(_("Nom"), max_length=80)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_key")
    scopes = ArrayField(models.CharField(max_length=30), default=list)
    maison_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    topic_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"api key {self.pk}"

    def state_at(self, at: datetime) -> State:
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.EXPIRED if self.expires_at and self.expires_at <= at else self.State.VALID


class ApiSecretQuerySet(models.QuerySet["ApiSecret"]):
    def valid(self, at: datetime) -> Self:
        """Filter those that still open: the present one, and the one before while it is being replaced."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at))


class ApiSecret(models.Model):
    """The hash of a key's text; ``ends_at`` is set on the one that a newer one replaces."""

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = ApiSecretQuerySet.as_manager()

    def __str__(self) -> str:
        return f"api secret {self.pk}"
