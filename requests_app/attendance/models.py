"""What is computed of attendance: the weights of a month, and for whom more help was found."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RiskFit(models.Model):
    """The weights of a Maison for a month, from its own appointments; nobody's name.

    ``weights`` are those of ``features.NAMES`` after the base, ``fifths`` how right they are on rows that
    they have not seen: [predicted, observed, count]. ``off`` says why they help nobody; "" when they do.
    """

    class Off(models.TextChoices):
        FEW = "few", _("Moins de 200 rendez-vous notés : rien n’est calculé.")
        ALIKE = "alike", _("Trop peu d’absences, ou de venues : rien n’est calculé.")
        WRONG = "wrong", _("Le calcul se trompe trop : il n’aide personne.")

    maison = models.ForeignKey("maisons.Maison", models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()
    fitted_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    absences = models.PositiveIntegerField()
    means = ArrayField(models.FloatField(), default=list)
    scales = ArrayField(models.FloatField(), default=list)
    weights = ArrayField(models.FloatField(), default=list)
    fifths = ArrayField(ArrayField(models.FloatField(), size=3), default=list)
    error = models.FloatField(null=True, blank=True)
    off = models.CharField(max_length=6, choices=Off.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["maison", "month"], name="risk_fit_once_a_month"),
            models.CheckConstraint(name="risk_fit_at_most_eight_weights", condition=Q(weights__len__lte=8)),
        ]

    def __str__(self) -> str:
        return f"risk fit {self.pk}"


class EstimateQuerySet(models.QuerySet["Estimate"]):
    def helped(self) -> Self:
        return self.exclude(help="")


class Estimate(models.Model):
    """The risk that somebody cannot come, a few days before, and the help that came of it.

    It only ever adds help: slots, waiting lists and offers do not read it. ``round`` is that of the
    appointment when it was computed; ``reasons`` are codes of ``features.REASONS``, a count after a colon.
    """

    class Help(models.TextChoices):
        MESSAGE = "message", _("Rappel supplémentaire")
        CALL = "call", _("Appel")

    appointment = models.OneToOneField(
        "appointments.Appointment", models.CASCADE, primary_key=True, related_name="estimate"
    )
    round = models.PositiveSmallIntegerField()
    risk = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    help = models.CharField(max_length=10, choices=Help.choices, blank=True)
    at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = EstimateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="estimate_refused_by_somebody",
                condition=Q(refused_at=None, refused_by=None)
                | Q(refused_at__isnull=False, refused_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"estimate {self.pk}"
