from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from requests_app.webhooks.models.single_sends import SingleSend

# Further ahead, an instant was written by a clock that has been set back since: it holds nobody up.
MAX_CLAIM, MAX_WAIT = timedelta(minutes=2), timedelta(hours=9)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def with_valid_key(self, now: datetime) -> Self:
        """Filter those whose API key still opens: a revoked one is told nothing more."""
        lasting = Q(key__expires_at=None) | Q(key__expires_at__gt=now)
        return self.filter(lasting, key__revoked_at=None)

    def ready(self, now: datetime) -> Self:
        """Filter those that a worker may take: due, or with something sent singly, and held by nobody."""
        waits = Q(next_try_at__gt=now, next_try_at__lte=now + MAX_WAIT)
        due = Q(state=Subscription.State.ACTIVE) & ~waits
        asked = Exists(SingleSend.objects.filter(subscription=OuterRef("pk")))
        held = Q(claimed_until__gte=now, claimed_until__lte=now + MAX_CLAIM)
        return self.with_valid_key(now).filter(~held, due | asked)


class Subscription(models.Model):
    """Who is told of events, at which address. ``cursor`` is the last position told, or passed over.

    ``tries`` counts the failures of the next event; ``next_try_at`` is when it is tried again. The secrets
    are encrypted (secrets.py); the old one signs too until ``old_secret_until``. ``is_slow`` answers late:
    the sweep alone serves it, so that it holds no worker that others need.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("En pause")

    key = models.ForeignKey("api_keys.ApiKey", models.CASCADE, related_name="+")
    name = models.CharField(_("Nom"), max_length=80)
    url = models.CharField(_("Adresse"), max_length=500)
    types = ArrayField(models.CharField(max_length=30))
    contact = models.EmailField(_("Contact"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    cursor = models.BigIntegerField(default=0)
    secret = models.TextField()
    old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    is_slow = models.BooleanField(default=False)
    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subscription_paused_since",
                condition=Q(state="paused", paused_at__isnull=False) | Q(state="active", paused_at=None),
                violation_error_message=_("Un abonnement en pause dit depuis quand."),
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"

    @property
    def is_paused(self) -> bool:
        return self.state == self.State.PAUSED
