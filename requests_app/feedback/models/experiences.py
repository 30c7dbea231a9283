from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FeltExperience(models.Model):
    """How it felt for the person: one word of five, a sentence if they like; the last one of a ticket counts.

    ``level`` is None for « je préfère ne pas répondre », which is an answer too. ``effort`` is None when not
    said. ``way`` is the channel by which it was asked, "" on the pages of the request. ``counted_at`` is when
    the statistics took it, with four others.
    """

    class Level(models.IntegerChoices):
        VERY_BAD = 1, _("Très mal")
        BAD = 2, _("Mal")
        SO_SO = 3, _("Moyen")
        WELL = 4, _("Bien")
        VERY_WELL = 5, _("Très bien")

    class Effort(models.IntegerChoices):
        NONE = 1, _("Pas du tout")
        LITTLE = 2, _("Un peu")
        SOME = 3, _("Moyennement")
        MUCH = 4, _("Beaucoup")
        TOO_MUCH = 5, _("Beaucoup trop")

    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="felt")
    level = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)
    effort = models.PositiveSmallIntegerField(choices=Effort.choices, null=True, blank=True)
    way = models.CharField(max_length=12, blank=True, db_default="")
    sentence = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="felt_level_known",
                condition=Q(level=None) | Q(level__gte=1, level__lte=5),
                violation_error_message=_("Choisissez un des cinq visages."),
            ),
            models.CheckConstraint(
                name="felt_effort_known",
                condition=Q(effort=None) | Q(effort__gte=1, effort__lte=5),
                violation_error_message=_("Choisissez une des cinq réponses."),
            ),
        ]
        indexes = [
            models.Index(fields=["said_at"], name="felt_said_at"),
            models.Index(
                fields=["said_at", "id"],
                condition=Q(counted_at=None, level__isnull=False),
                name="felt_to_count",
            ),
            models.Index(fields=["-said_at", "id"], condition=~Q(sentence=""), name="felt_sentences"),
        ]

    def __str__(self) -> str:
        return f"felt {self.pk}"
