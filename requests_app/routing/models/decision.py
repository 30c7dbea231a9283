"""What the resolver advised, or what an agent decided, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.maisons.models import Maison
from requests_app.routing.models.coverage import Confidence


class RoutingDecision(models.Model):
    """One advice with its steps; it knows no ticket, tickets hold its key."""

    class Outcome(models.TextChoices):
        ROUTED = "routed", _("Une Maison proposée")
        AMBIGUOUS = "ambiguous", _("Plusieurs Maisons possibles")
        TRANSFER = "transfer", _("À transmettre")
        UNPLACED = "unplaced", _("Lieu inconnu")

    outcome = models.CharField(_("résultat"), max_length=12, choices=Outcome)
    maison = models.ForeignKey(
        Maison, verbose_name=_("Maison"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    candidates = models.JSONField(_("Maisons possibles"), default=list, blank=True)
    confidence = models.CharField(_("confiance"), max_length=8, choices=Confidence, default=Confidence.LOW)
    transfer_body = models.CharField(_("à transmettre à"), max_length=250, blank=True)
    transfer_insee = models.CharField(_("code INSEE de la commune"), max_length=6, blank=True)
    steps = models.JSONField(_("étapes"), default=list, blank=True)
    decided_at = models.DateTimeField(_("décidée le"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidée par"),
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
        help_text=_("vide : orientation automatique"),
    )
    reason = models.TextField(_("raison"), blank=True)

    class Meta:
        verbose_name = _("décision d’orientation")
        constraints = [
            models.CheckConstraint(
                name="routingdecision_routed_names_maison",
                condition=Q(outcome="routed", maison__isnull=False)
                | (~Q(outcome="routed") & Q(maison__isnull=True)),
                violation_error_message=_("Une demande orientée porte sa Maison."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.maison_id or ''}".strip()
