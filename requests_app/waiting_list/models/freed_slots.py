from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

TOO_NEAR = timedelta(hours=2)  # nobody is asked to come sooner than that


class FreedSlotQuerySet(models.QuerySet["FreedSlot"]):
    def open(self) -> Self:
        return self.filter(state=FreedSlot.State.OPEN)


class FreedSlot(models.Model):
    """An hour that an appointment left, to be offered to those who wait for its type there.

    ``by_service``: the service called the appointment off, so that only an agenda says whether the agent
    is there. ``days_gained`` is how much earlier the person who took it comes; None without another date.
    """

    class State(models.TextChoices):
        OPEN = "open", _("À proposer")
        REFILLED = "refilled", _("Repris")
        TAKEN = "taken", _("Pris autrement")
        OVER = "over", _("Trop tard")

    type = models.ForeignKey("appointments.AppointmentType", models.PROTECT, related_name="+")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="+")
    agent = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    room = models.CharField(_("Bureau ou salle"), max_length=60, blank=True, default="")
    starts_at = models.DateTimeField()
    freed_at = models.DateTimeField()
    by_service = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    days_gained = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = FreedSlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "starts_at"],
                condition=Q(state="open"),
                name="freed_slot_once",
                violation_error_message=_("Cette heure est déjà proposée."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], condition=Q(state="open"), name="freed_slot_open"),
            models.Index(fields=["maison", "freed_at"], name="freed_slot_of_maison"),
        ]

    def __str__(self) -> str:
        return f"freed slot {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.type.minutes)

    @property
    def last_call(self) -> datetime:
        """Return the last instant at which it can still be offered and taken."""
        return self.starts_at - max(TOO_NEAR, timedelta(minutes=self.type.notice_min_minutes))
