from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PlaceQuerySet(models.QuerySet["Place"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Place(models.Model):
    """Somebody's place on the waiting list of a type at a Maison, about a ticket.

    ``earliest`` and ``latest`` are the days they can come, both included. ``asked_by`` is the agent who
    asked for it, None when the person did; ``ended_by`` the agent who took them off it.
    """

    class Ending(models.TextChoices):
        BOOKED = "booked", _("A pris une date libérée")
        SEEN = "seen", _("Le rendez-vous a eu lieu")
        LEFT = "left", _("A quitté la liste")
        UNDONE = "undone", _("Ajoutée par erreur")
        STOPPED = "stopped", _("A répondu STOP")
        PAST = "past", _("Dernier jour passé")
        CLOSED = "closed", _("Demande terminée")

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="waiting_places")
    type = models.ForeignKey("appointments.AppointmentType", models.PROTECT, related_name="+")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=10, choices=Ending.choices, blank=True, default="")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "type", "maison"],
                condition=Q(ended_at=None),
                name="waiting_place_once",
                violation_error_message=_("Cette personne est déjà sur la liste d’attente."),
            ),
            models.CheckConstraint(
                name="waiting_place_end_says_why",
                condition=Q(ended_at=None, ended_why="") | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                violation_error_message=_("Une attente terminée dit pourquoi."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["maison", "type", "since", "id"],
                condition=Q(ended_at=None),
                name="waiting_place_order",
            ),
        ]

    def __str__(self) -> str:
        return f"waiting place {self.pk}"
