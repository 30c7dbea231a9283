from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.people.models.contact_points import ContactPoint

SURVEY = "survey"  # a use of its own: refusing it leaves what the contact point allows as it is
USES = [*ContactPoint.Use.choices, (SURVEY, _("Demander un avis"))]


class ContactChoiceQuerySet(models.QuerySet["ContactChoice"]):
    def latest_at(self, kind: str, value: str) -> Self:
        """Read the last choice for each use, whoever is reachable there."""
        return self.filter(kind=kind, value=value).order_by("use", "-at", "-pk").distinct("use")


class ContactChoice(models.Model):
    """What was said at a contact point about its use: « STOP », « START »; append-only.

    Stored by address: a stranger's STOP counts, and so does that of a number two people share.
    ``word`` is what was said, or the provider's code. ``by`` is the agent who heard it; None when the number
    itself said so.
    """

    kind = models.CharField(max_length=10, choices=ContactPoint.Kind.choices)
    value = models.CharField(max_length=254)
    use = models.CharField(max_length=20, choices=USES)
    is_allowed = models.BooleanField(_("Permis"))
    word = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ContactChoiceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "value", "use", "-at"], name="contact_choice_last")]

    def __str__(self) -> str:
        return f"choice {self.pk}"
