from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReadingAlert(models.Model):
    """A reading that a manager should look at (threats: A08); numbers and dates, no word of what was read.

    ``read_at`` is when, ``day`` when it was noticed or drawn at random. ``subject_id`` is 0 when the alert
    is about a whole day, and ``count`` is then how many tickets. Rows are only ever added: a trigger
    refuses the rest.
    """

    class Kind(models.TextChoices):
        SAME_NAME = "same_name", _("Même nom de famille que l’agent")
        SAME_ADDRESS = "same_address", _("Même adresse que l’agent")
        MANY = "many", _("Beaucoup de demandes hors de son travail")
        SAMPLE = "sample", _("Tirée au sort ce mois-ci")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    day = models.DateField(db_index=True)
    read_at = models.DateTimeField()
    subject_kind = models.CharField(max_length=10, blank=True)
    subject_id = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "day", "subject_kind", "subject_id"], name="readingalert_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.day}"


class ReadingNotice(models.Model):
    """One manager's notice of an alert, until they say that they have looked at it."""

    alert = models.ForeignKey(ReadingAlert, models.PROTECT, related_name="notices")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "manager"], name="readingalert_told_once")]
        indexes = [
            models.Index(fields=["manager"], condition=Q(seen_at=None), name="readingalert_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.manager_id}"
