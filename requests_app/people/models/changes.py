from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonChange(models.Model):
    """What an agent corrected of a person: by whom, when, from what to what. Rows are only ever added.

    ``before`` and ``after`` are the values as JSON keeps them: they leave with the person, and are shown to
    who may correct her. A trigger refuses to rewrite a line.
    """

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("Nom ou naissance corrigés")
        POINT_ADDED = "point_added", _("Contact ajouté")
        POINT_CHANGED = "point_changed", _("Contact corrigé")
        POINT_REMOVED = "point_removed", _("Contact retiré")
        POINT_RESTORED = "point_restored", _("Contact remis")
        MANDATE = "mandate", _("Qui la représente")
        NEEDS = "needs", _("Ce qu’il faut faire")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["person", "-at", "-id"], name="person_change_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
