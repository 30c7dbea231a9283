from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def resources(agent_id: int, maison_id: int, room: str, interpreter_id: int | None = None) -> list[str]:
    """Return what an appointment or a hold takes, as the database writes it (appointments_resources)."""
    speaker = [f"interpreter:{interpreter_id}"] if interpreter_id else []
    return [f"agent:{agent_id}", *speaker, *([f"room:{maison_id}:{room.lower()}"] if room else [])]


class BusyTimeQuerySet(models.QuerySet["BusyTime"]):
    def during(self, start: datetime, end: datetime) -> Self:
        """Narrow to what overlaps this time; touching is not overlapping."""
        return self.filter(during__overlap=DateTimeTZRange(start, end))


class BusyTime(models.Model):
    """What an active appointment or a hold takes of an agent, an interpreter or a room.

    The triggers of both tables write it, so that the version before this one keeps it true as well; code
    only ever reads it. From start to end, without the buffer: an agenda may be full to the minute. It goes
    with its appointment or its hold, by the foreign key.
    """

    resource = models.CharField(max_length=120)  # `agent:12`, `interpreter:4`, `room:3:bureau 1`
    during = DateTimeRangeField()
    appointment = models.ForeignKey(
        "appointments.Appointment", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    hold = models.ForeignKey(
        "appointments.Hold", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )

    objects = BusyTimeQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="busy_time_free",
                expressions=[("resource", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message=_("Cette heure est déjà prise."),
            ),
            models.CheckConstraint(
                name="busy_time_of_one",
                condition=Q(appointment=None, hold__isnull=False) | Q(appointment__isnull=False, hold=None),
                violation_error_message=_("Cette heure est déjà prise."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.during}"
