from datetime import date, timedelta
from typing import Self

from django.db import models

from requests_app.tickets.selectors.counts import FEW

STALE = timedelta(days=14)


class AnnouncedDelayQuerySet(models.QuerySet["AnnouncedDelay"]):
    def shown(self, today: date) -> Self:
        """Narrow to those that may be told: recent, and of enough people (FEW)."""
        return self.filter(day__gt=today - STALE, n__gte=FEW, median_days__isnull=False)


class AnnouncedDelay(models.Model):
    """How long people lately waited for an appointment of a type at a Maison, as it is told where they book.

    The median of the delay « booked », measured on ``day`` over those who asked in the months before; None
    while most of them still wait. Stored, so that a page of citizens computes nothing.
    """

    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="+", db_index=False)
    type = models.ForeignKey("appointments.AppointmentType", models.PROTECT, related_name="+")
    day = models.DateField()
    n = models.PositiveIntegerField()
    median_days = models.PositiveIntegerField(null=True, blank=True)

    objects = AnnouncedDelayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["maison", "type"], name="announced_delay_once")]

    def __str__(self) -> str:
        return f"announced delay {self.pk}"
