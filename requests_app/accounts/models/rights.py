from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

EVERYWHERE = 0  # among ``places``: no Maison has this number


class RightsEvent(models.Model):
    """One change of an agent's rights: who made it, when, which roles were added and removed.

    Rows are only ever added: a trigger refuses the rest. ``added`` and ``removed`` hold the words shown
    (« Gestionnaire, Lyon 8e – Latarjet »), so that a Maison renamed later changes no history. ``places`` are
    the Maisons concerned, EVERYWHERE for the whole territory.
    """

    class Kind(models.TextChoices):
        CREATED = "created", _("Compte créé")
        CHANGED = "changed", _("Rôles changés")
        NEW_PASSWORD = "new_password", _("Mot de passe provisoire donné")
        ADDRESS = "address", _("Adresse e-mail changée")
        LEFT = "left", _("Compte fermé")
        FACTOR_ON = "factor_on", _("Code à la connexion activé")
        FACTOR_OFF = "factor_off", _("Code à la connexion retiré")
        BACKUP_CODES = "backup_codes", _("Nouveaux codes de secours")
        SHOWN_AS = "shown_as", _("Nom montré aux usagers changé")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rights_events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    added = models.JSONField(default=list, blank=True)
    removed = models.JSONField(default=list, blank=True)
    places = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="rights_of_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
