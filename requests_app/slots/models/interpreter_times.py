from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.slots.models.wall_times import RepeatedTime, RepeatedTimeQuerySet, ends_after_start


class InterpreterTimeQuerySet(RepeatedTimeQuerySet["InterpreterTime"]): ...


class InterpreterTime(RepeatedTime):
    """When an interpreter can come, or cannot though they usually can (``is_away``)."""

    interpreter = models.ForeignKey("appointments.Interpreter", models.CASCADE, related_name="times")
    is_away = models.BooleanField(_("absence"), default=False)

    objects = InterpreterTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("heures d’un interprète")
        verbose_name_plural = _("heures d’un interprète")
        constraints = [ends_after_start("interpreter_time")]

    def __str__(self) -> str:
        return f"interpreter time {self.pk}"
