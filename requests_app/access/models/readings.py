from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reading(models.Model):
    """One line of the access log: who opened what, when, from which Maison.

    It holds no content of what was read. Rows are only ever added: a trigger refuses the rest.
    """

    class Kind(models.TextChoices):
        TICKET = "ticket", _("Demande")
        PREVIEW = "preview", _("Aperçu")
        PERSON = "person", _("Personne")
        FILE = "file", _("Fichier")
        ARRIVAL = "arrival", _("Arrivée brute")
        EXPORT = "export", _("Données emportées dans un fichier")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject_id = models.BigIntegerField()
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, null=True, related_name="+")
    was_refused = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    glass = models.ForeignKey(
        "access.BreakGlassGrant", models.PROTECT, null=True, related_name="+", db_index=False
    )  # the exception it was read by

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject_id", "at"], name="reading_subject"),
            models.Index(fields=["user", "at"], name="reading_user"),
            BrinIndex(fields=["at"], name="reading_day"),  # rows come in the order of time
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
