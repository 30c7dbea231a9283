from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class VisitQuerySet(models.QuerySet["Visit"]):
    def of_the_queue(self) -> Self:
        """Narrow to those without an appointment: any agent calls them, each in turn."""
        return self.filter(appointment=None)

    def in_order(self) -> Self:
        """Order as people are called, on every screen: who passes before, then by number."""
        return self.order_by(F("ahead_at").asc(nulls_last=True), "number")


class Visit(models.Model):
    """Somebody waiting at a counter: a row of the day's queue; the public screen shows the number only.

    ``appointment`` is set for whoever came to one: its agent calls them, and they wait in no queue.
    ``called_at`` is the last call, ``first_called_at`` the end of the wait; ``desk`` is where to go.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("À l’accueil")
        CALLED = "called", _("Appelé")
        RECEIVED = "received", _("Reçu")
        ABSENT = "absent", _("Absent")

    class Ahead(models.TextChoices):
        """Why somebody passes before: what an agent sees, never a diagnosis."""

        STANDING = "standing", _("Ne peut pas attendre debout ou longtemps")
        CHILD = "child", _("Avec un enfant en bas âge")
        APPOINTMENT = "appointment", _("A rendez-vous")
        URGENT = "urgent", _("Situation urgente")
        BACK = "back", _("Revient, déjà passé aujourd’hui")
        BRIEF = "brief", _("Une minute suffit")

    touchpoint = models.OneToOneField("tickets.Touchpoint", models.CASCADE, null=True, related_name="visit")
    appointment = models.OneToOneField(
        "appointments.Appointment", models.CASCADE, null=True, related_name="visit"
    )
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="visits")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    arrived_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    first_called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    desk = models.CharField(max_length=4, blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ahead_at = models.DateTimeField(null=True, blank=True)
    ahead_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    ahead_reason = models.CharField(
        max_length=12, choices=Ahead.choices, blank=True, default="", db_default=""
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["maison", "day", "number"], name="visit_number_once_a_day"),
            models.CheckConstraint(
                name="visit_of_somebody",
                condition=Q(touchpoint__isnull=False) | Q(appointment__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_ended_has_instant",
                condition=Q(state__in=["waiting", "called"], ended_at=None)
                | Q(state__in=["received", "absent"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_ahead_has_reason",
                condition=Q(ahead_at=None, ahead_reason="")
                | (Q(ahead_at__isnull=False) & ~Q(ahead_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.ticket_number

    @property
    def ticket_number(self) -> str:
        """Return « A07 »: what is called out and shown."""
        return f"A{self.number:02d}"


class AgentDesk(models.Model):
    """Where an agent receives at a Maison, as they said it last; it counts on ``day`` only."""

    agent = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    maison = models.ForeignKey("maisons.Maison", models.CASCADE, related_name="+")
    day = models.DateField()
    number = models.CharField(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "maison"], name="agent_desk_once")]

    def __str__(self) -> str:
        return self.number
