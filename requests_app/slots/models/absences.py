from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.slots.models.wall_times import RepeatedTime, RepeatedTimeQuerySet, ends_after_start


class AbsenceQuerySet(RepeatedTimeQuerySet["Absence"]): ...


class Absence(RepeatedTime):
    """When an agent is away, at every Maison; ``reason`` is for those who plan, never shown outside."""

    agent = models.ForeignKey("accounts.User", models.PROTECT, related_name="absences")
    reason = models.CharField(_("raison"), max_length=120, blank=True, default="")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [ends_after_start("absence")]

    def __str__(self) -> str:
        return f"absence {self.pk}"
