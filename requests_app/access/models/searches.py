from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PersonSearch(models.Model):
    """One search of persons: who, when, by what, how many were shown; never the words typed (threats: A05).

    Rows are only ever added. ``was_refused`` when the agent had exceeded the searches allowed per hour.
    """

    class Method(models.TextChoices):
        NAME = "name", _("Nom")
        PHONE = "phone", _("Téléphone")
        PHONE_END = "phone_end", _("Fin d’un téléphone")
        EMAIL = "email", _("E-mail")
        BIRTH = "birth", _("Nom et date de naissance")
        NUMBER = "number", _("Numéro de demande")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Method.choices)
    found = models.PositiveSmallIntegerField()
    was_refused = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["user", "at"], name="personsearch_user"),
            models.Index(fields=["at"], condition=Q(was_refused=True), name="personsearch_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.way}"
