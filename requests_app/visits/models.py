from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """Somebody waiting at a counter: a row of the day's queue; the public screen shows the number only."""

    class State(models.TextChoices):
        WAITING = "waiting", _("À l’accueil")
        CALLED = "called", _("Appelé")
        RECEIVED = "received", _("Reçu")
        ABSENT = "absent", _("Absent")

    touchpoint = models.OneToOneField("tickets.Touchpoint", models.CASCADE, related_name="visit")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="visits")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    arrived_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["maison", "day", "number"], name="visit_number_once_a_day"),
            models.CheckConstraint(
                name="visit_ended_has_instant",
                condition=Q(state__in=["waiting", "called"], ended_at=None)
                | Q(state__in=["received", "absent"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.ticket_number

    @property
    def ticket_number(self) -> str:
        """Return « A07 »: what is called out and shown."""
        return f"A{self.number:02d}"
