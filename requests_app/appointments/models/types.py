from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BookedBy(models.TextChoices):
    """Who may book it; a citizen only ever where an opening gives time for it."""

    AGENT = "agent", _("Les agents")
    CITIZEN = "citizen", _("Les usagers")
    BOTH = "both", _("Les agents et les usagers")


class ForWhom(models.TextChoices):
    FIRST_TIME = "first_time", _("Une première fois")
    FOLLOW_UP = "follow_up", _("La suite")
    BOTH = "both", _("Une première fois ou la suite")


class AppointmentTypeQuerySet(models.QuerySet["AppointmentType"]):
    def active(self) -> Self:
        """Narrow to those still offered."""
        return self.filter(is_active=True)


class AppointmentType(models.Model):
    """A type of appointment: ``label`` is for agents, ``public_label`` for messages and citizens' pages.

    The public one never says what the appointment is about (threats: S07). ``buffer_minutes`` is what
    agent and room need after it; ``notice_max_days`` is empty when there is no limit, 0 for the day itself.
    """

    BookedBy = BookedBy
    ForWhom = ForWhom

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("nom pour les agents"), max_length=80)
    public_label = models.CharField(_("nom pour les usagers"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"))
    buffer_minutes = models.PositiveSmallIntegerField(_("minutes gardées après"), default=0, db_default=0)
    notice_min_minutes = models.PositiveIntegerField(
        _("délai le plus court, en minutes"), default=0, db_default=0
    )
    notice_max_days = models.PositiveSmallIntegerField(
        _("délai le plus long, en jours"), null=True, blank=True, help_text=_("Vide : sans limite.")
    )
    is_by_phone = models.BooleanField(
        _("se tient par téléphone"),
        default=False,
        db_default=False,
        help_text=_("Les messages disent que nous appelons, et ne donnent pas d’adresse."),
    )
    needs_room = models.BooleanField(_("demande un bureau ou une salle"), default=False, db_default=False)
    booked_by = models.CharField(
        _("pris par"), max_length=8, choices=BookedBy.choices, default=BookedBy.BOTH, db_default=BookedBy.BOTH
    )
    for_whom = models.CharField(
        _("donné pour"), max_length=10, choices=ForWhom.choices, default=ForWhom.BOTH, db_default=ForWhom.BOTH
    )
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
