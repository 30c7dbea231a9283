from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.slots.models.wall_times import WallTime, WallTimeQuerySet, ends_after_start


class ClosureQuerySet(WallTimeQuerySet["Closure"]): ...


class Closure(WallTime):
    """When a Maison receives nobody; a whole day ends at midnight of the next one."""

    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="closures")
    reason = models.CharField(_("raison"), max_length=120, blank=True, default="")

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        constraints = [ends_after_start("closure")]

    def __str__(self) -> str:
        return f"closure {self.pk}"
