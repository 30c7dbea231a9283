from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    FRONT_DESK = "front_desk", _("Agent d’accueil")
    CASE_HANDLER = "case_handler", _("Gestionnaire")
    MANAGER = "manager", _("Responsable")
    ADMIN = "admin", _("Administrateur")
    ARCHIVIST = "archivist", _("Archiviste")
    LEGAL_REVIEWER = "legal_reviewer", _("Juriste")


class Membership(models.Model):
    """A role at one Maison, or at all of the territory when ``maison`` is empty."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Rôle"), max_length=20, choices=Role.choices)
    maison = models.ForeignKey(
        "maisons.Maison", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "maison"],
                name="membership_once",
                nulls_distinct=False,
                violation_error_message=_("Cet agent a déjà ce rôle à cet endroit."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.maison_id or '*'}"
