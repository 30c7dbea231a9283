from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReminderRule(models.Model):
    """« Seven days before, when it was given ten days before or more »: one row of the plan.

    Rules without a type of appointment apply to all types that have none of their own.
    """

    type = models.ForeignKey(
        "appointments.AppointmentType",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reminder_rules",
        verbose_name=_("sorte de rendez-vous"),
    )
    days_before = models.PositiveSmallIntegerField(_("jours avant le rendez-vous"))
    notice_days = models.PositiveSmallIntegerField(_("seulement s’il a été donné tant de jours avant"))
    is_active = models.BooleanField(_("suivie"), default=True)

    class Meta:
        verbose_name = _("règle de rappel")
        verbose_name_plural = _("règles de rappel")
        constraints = [
            models.UniqueConstraint(
                fields=["type", "days_before"],
                nulls_distinct=False,
                name="reminder_rule_once",
                violation_error_message=_("Il y a déjà un rappel ce jour-là."),
            ),
            models.CheckConstraint(
                name="reminder_rule_after_notice",
                condition=Q(days_before__gte=1, notice_days__gte=models.F("days_before")),
                violation_error_message=_("Un rappel vient après le jour où le rendez-vous a été donné."),
            ),
        ]

    def __str__(self) -> str:
        return f"D-{self.days_before}"
