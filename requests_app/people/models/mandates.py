from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MandateQuerySet(models.QuerySet["Mandate"]):
    def standing(self) -> Self:
        """Narrow to those nobody has removed."""
        return self.filter(removed_at=None)

    def in_force(self, on: date) -> Self:
        """Narrow to those in force on that day."""
        return self.standing().filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class Mandate(models.Model):
    """Somebody acts for a person from a given day, and this says which of the two receives our answers.

    ``address`` is where ``holder`` is reached: an e-mail or a number (E.164), "" when unknown. A mistaken one
    is removed, a finished one has an end; neither row is deleted.
    """

    class Kind(models.TextChoices):
        GUARDIANSHIP = "guardianship", _("Tutelle")
        CURATORSHIP = "curatorship", _("Curatelle")
        FAMILY = "family", _("Habilitation familiale")
        PARENT = "parent", _("Parent d’un mineur")
        MANDATE = "mandate", _("Mandat ou procuration")

    class Receives(models.TextChoices):
        HOLDER = "holder", _("Seulement qui la représente")
        BOTH = "both", _("Les deux")
        PERSON = "person", _("Seulement la personne")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="mandates")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    holder = models.CharField(max_length=120)
    address = models.CharField(max_length=254, blank=True)
    receives = models.CharField(max_length=10, choices=Receives.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Une fin vient après le début."),
            )
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk}"
