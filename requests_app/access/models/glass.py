from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

LASTS = timedelta(minutes=30)  # threats: A04


class Motive(models.TextChoices):
    """The usual reasons; the agent always adds their own words."""

    DESK = "desk", _("La personne est devant moi")
    PHONE = "phone", _("La personne est au téléphone")
    DANGER = "danger", _("Quelqu’un est en danger")
    COLLEAGUE = "colleague", _("Un collègue de l’autre lieu me le demande")
    OTHER = "other", _("Autre raison")


class BreakGlassGrantQuerySet(models.QuerySet["BreakGlassGrant"]):
    def live(self) -> Self:
        """Filter those still open by the clock of the database; they end by themselves."""
        return self.filter(ended_at=None, until__gt=Now())


class BreakGlassGrant(models.Model):
    """One ticket out of an agent's scope, opened for half an hour, for a reason (threats: A04).

    ``maison`` is whose the ticket was then (None: nobody's yet), ``from_maison`` where the agent worked.
    ``ticket_id`` is no foreign key: tickets are a floor above. A trigger refuses any change but one: the
    end, written once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ticket_id = models.BigIntegerField()
    reference = models.CharField(max_length=20)
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, null=True, related_name="+")
    from_maison = models.ForeignKey("maisons.Maison", models.PROTECT, null=True, related_name="+")
    motive = models.CharField(max_length=10, choices=Motive.choices)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = BreakGlassGrantQuerySet.as_manager()

    class Meta:
        db_table = "access_brokenglass"  # the previous version writes there too
        constraints = [
            models.CheckConstraint(
                name="glass_half_an_hour",
                condition=Q(until__gt=F("at"), until__lte=F("at") + LASTS),
                violation_error_message=_("Une ouverture par exception dure 30 minutes au plus."),
            ),
            models.CheckConstraint(
                name="glass_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Écrivez pourquoi, en quelques mots."),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "until"], condition=Q(ended_at=None), name="glass_live"),
        ]

    def __str__(self) -> str:
        return self.reference


class GlassNotice(models.Model):
    """One manager's notice of an exception, until they say that they have looked at it."""

    glass = models.ForeignKey(BreakGlassGrant, models.PROTECT, related_name="notices")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["glass", "manager"], name="glass_told_once")]
        indexes = [
            models.Index(fields=["manager"], condition=Q(seen_at=None), name="glass_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.glass_id} {self.manager_id}"
