from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

HELD_FOR = timedelta(minutes=10)


class HoldQuerySet(models.QuerySet["Hold"]):
    def live(self, at: datetime) -> Self:
        """Narrow to those that still keep their slot."""
        return self.filter(expires_at__gt=at)

    def expired(self, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class Hold(models.Model):
    """A slot kept while somebody fills a form: an agent, a Maison, an hour, until ``expires_at``.

    It says nothing of a person. Time it takes is a row of ``BusyTime``, written by the database; one that
    does not ``blocks`` has none, because its time was already taken when an agenda was loaded.
    ``changed_at`` is when it was asked for: expired holds that overlap it are deleted then.
    """

    agent = models.ForeignKey("accounts.User", models.CASCADE, related_name="holds")
    maison = models.ForeignKey("maisons.Maison", models.CASCADE, related_name="holds")
    type = models.ForeignKey("appointments.AppointmentType", models.CASCADE, related_name="+")
    room = models.CharField(_("Bureau ou salle"), max_length=60, blank=True, default="")
    interpreter = models.ForeignKey(
        "appointments.Interpreter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # BusyTime says when each one is taken
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, null=True, blank=True, related_name="holds")
    by = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="+")
    blocks = models.BooleanField(default=True, db_default=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hold_ends_after_start",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("Un rendez-vous finit après son début."),
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "starts_at"], name="hold_of_agent"),
            models.Index(fields=["expires_at"], name="hold_expires"),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"
