from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.slots.models.wall_times import RepeatedTime, RepeatedTimeQuerySet, ends_after_start


class OpeningQuerySet(RepeatedTimeQuerySet["Opening"]): ...


class Opening(RepeatedTime):
    """When an agent receives people at a Maison, in a room or in none.

    Without ``types`` it is open to every type.
    """

    agent = models.ForeignKey("accounts.User", models.PROTECT, related_name="openings")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="openings")
    room = models.CharField(_("Bureau ou salle"), max_length=60, blank=True, default="")
    types = models.ManyToManyField("appointments.AppointmentType", blank=True, related_name="+")

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("plage d’accueil")
        verbose_name_plural = _("plages d’accueil")
        constraints = [ends_after_start("opening")]
        indexes = [
            models.Index(fields=["maison", "agent"], name="opening_of_maison"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"
