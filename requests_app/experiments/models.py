from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests_app.experiments.measures import MEASURE_CHOICES

WEEKS_BEFORE = 12  # compared with the weeks of the trial


class TrialQuerySet(models.QuerySet["Trial"]):
    def standing(self) -> Self:
        """Leave out what was withdrawn before it began."""
        return self.filter(withdrawn_at=None)


class Trial(models.Model):
    """A « piste »: what is tried at some Maisons, the others being compared with them.

    ``measure`` and ``smallest`` (the effect that would matter, in the unit of the measure) are chosen before.
    It runs from a Monday, ``starts_on``, up to a Sunday, ``ends_on``; ``stopped_on`` is the Sunday it was
    ended on before. ``feedback`` is what agents said that it tries to fix. What was chosen never changes
    once it has begun (services.py).
    """

    title = models.CharField(_("titre"), max_length=100)
    hypothesis = models.CharField(_("hypothèse"), max_length=300)
    measure = models.CharField(_("mesure"), max_length=20, choices=MEASURE_CHOICES)
    smallest = models.FloatField(_("écart qui compterait"), null=True, blank=True)
    starts_on = models.DateField(_("premier lundi"))
    ends_on = models.DateField(_("dernier dimanche"))
    stopped_on = models.DateField(null=True, blank=True)
    stop_reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    feedback = models.ManyToManyField("feedback.FieldFeedback", blank=True, related_name="trials")

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("piste")
        verbose_name_plural = _("pistes")
        constraints = [
            models.CheckConstraint(
                name="trial_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("La fin doit venir après le début."),
            ),
            models.CheckConstraint(
                name="trial_stopped_says_why",
                condition=Q(stopped_on=None) | ~Q(stop_reason=""),
                violation_error_message=_("Dites pourquoi elle s’arrête avant la fin."),
            ),
        ]
        indexes = [models.Index(fields=["-starts_on", "-id"], name="trial_list")]

    def __str__(self) -> str:
        return f"trial {self.pk}"

    @property
    def last_day(self) -> date:
        return self.stopped_on or self.ends_on

    @property
    def compared_from(self) -> date:
        """Return the Monday from which weeks are compared."""
        return self.starts_on - timedelta(weeks=WEEKS_BEFORE)

    def has_begun(self, today: date) -> bool:
        return self.starts_on <= today

    def is_over(self, today: date) -> bool:
        return self.last_day < today


class TrialSite(models.Model):
    """A Maison of a trial: one that tries, or one that is compared with those that try."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="sites")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="+")
    is_tried = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trial", "maison"],
                name="trial_site_once",
                violation_error_message=_("Un lieu essaie, ou se compare : pas les deux."),
            )
        ]

    def __str__(self) -> str:
        return f"trial site {self.pk}"


class TrialNote(models.Model):
    """A note: what happened meanwhile, so that a number is not read alone."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="notes")
    text = models.CharField(_("note"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["trial", "at"], name="trial_notes")]

    def __str__(self) -> str:
        return f"trial note {self.pk}"
