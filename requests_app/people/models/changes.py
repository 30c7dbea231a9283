from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonChange(models.Model):
    """A correction of a person's record: by whom, when, from what to what. Rows are only ever added.

    ``before`` and ``after`` are JSON values: they are erased with the person, and shown to agents
    who may correct the record. A trigger refuses updates.
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
