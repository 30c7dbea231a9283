from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AppointmentTypeQuerySet(models.QuerySet["AppointmentType"]):
    def active(self) -> Self:
        """Narrow to those still offered."""
        return self.filter(is_active=True)


class AppointmentType(models.Model):
    """A type of appointment: ``label`` is for agents, ``public_label`` for messages and citizens' pages.

    The public one never says what the appointment is about (threats: S07).
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("nom pour les agents"), max_length=80)
    public_label = models.CharField(_("nom pour les usagers"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"))
    is_active = models.BooleanField(_("proposé"), default=True)

    objects = AppointmentTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("sorte de rendez-vous")
        verbose_name_plural = _("sortes de rendez-vous")
        constraints = [
            models.CheckConstraint(
                name="appointment_type_lasts",
                condition=Q(minutes__gte=5, minutes__lte=480),
                violation_error_message=_("Un rendez-vous dure de 5 minutes à 8 heures."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
