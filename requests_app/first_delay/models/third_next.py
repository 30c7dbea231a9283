from django.db import models


class ThirdNext(models.Model):
    """The third free slot of a type at a Maison, as it stood at the fixed hour of a working day.

    The third rather than the first: one cancellation of the day makes the first look near. ``start`` is
    None when there was none up to ``looked_until``.
    """

    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="+", db_index=False)
    type = models.ForeignKey("appointments.AppointmentType", models.PROTECT, related_name="+")
    day = models.DateField()
    start = models.DateTimeField(null=True, blank=True)
    looked_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["maison", "type", "day"], name="third_next_once_a_day")
        ]
        indexes = [models.Index(fields=["day"], name="third_next_by_day")]

    def __str__(self) -> str:
        return f"third next {self.pk}"
