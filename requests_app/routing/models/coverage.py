"""Which Maison serves which commune."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.maisons.models import Commune, Maison


class Confidence(models.TextChoices):
    HIGH = "high", _("Sûr")
    MEDIUM = "medium", _("Probable")
    LOW = "low", _("À vérifier")


class Coverage(models.Model):
    """One Maison serving one commune, or the part of it that has a postal code."""

    class Role(models.TextChoices):
        PRIMARY = "primary", _("À proposer")
        CANDIDATE = "candidate", _("Une parmi plusieurs")
        LOCAL = "local", _("Site de proximité")
        CLOSED = "closed", _("Fermée au public")

    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), related_name="coverage", on_delete=models.CASCADE
    )
    postal_code = models.CharField(_("code postal"), max_length=5, blank=True)
    sector = models.CharField(_("secteur"), max_length=120, blank=True)
    maison = models.ForeignKey(
        Maison, verbose_name=_("Maison"), related_name="coverage", on_delete=models.CASCADE
    )
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    basis = models.CharField(_("établi par"), max_length=40, blank=True)
    confidence = models.CharField(_("confiance"), max_length=8, choices=Confidence, default=Confidence.LOW)
    source = models.CharField(_("source"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("desserte")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "postal_code", "maison"],
                name="coverage_once",
                violation_error_message=_("Cette Maison dessert déjà cette commune."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} → {self.maison_id} ({self.role})"
