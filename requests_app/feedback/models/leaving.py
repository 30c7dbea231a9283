from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.feedback.models.experiences import FeltExperience


class LeavingOpinion(models.Model):
    """A face touched on the tablet at the door of a Maison: of nobody known, and of no request.

    ``counted_at`` is when the statistics took it, with four others.
    """

    maison = models.ForeignKey("maisons.Maison", models.CASCADE, related_name="leaving_opinions")
    level = models.PositiveSmallIntegerField(choices=FeltExperience.Level.choices)
    said_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="leaving_level_known",
                condition=Q(level__gte=1, level__lte=5),
                violation_error_message=_("Choisissez un des cinq visages."),
            )
        ]
        indexes = [
            models.Index(fields=["said_at", "id"], condition=Q(counted_at=None), name="leaving_to_count"),
            models.Index(fields=["maison", "said_at"], name="leaving_of_place"),
        ]

    def __str__(self) -> str:
        return f"leaving opinion {self.pk}"
