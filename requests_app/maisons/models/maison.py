"""The places that receive people."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.maisons.labels import LabelField, town_name
from requests_app.maisons.models.commune import Commune


class MaisonQuerySet(models.QuerySet["Maison"]):
    def current(self) -> Self:
        """Filter those that the territory still has."""
        return self.filter(closed_on=None)

    def principal(self) -> Self:
        return self.filter(kind=Maison.Kind.PRINCIPAL)


class Maison(models.Model):
    """A Maison de la Métropole: opened, renamed, closed; never deleted, since tickets hold its key."""

    class Kind(models.TextChoices):
        PRINCIPAL = "principale", _("Principale")
        SECONDARY = "secondaire", _("Secondaire")
        ANNEX = "annexe", _("Annexe")
        OUTPOST = "permanence", _("Permanence")

    class PublicAccess(models.TextChoices):
        YES = "yes", _("Ouverte au public")
        NO = "no", _("Fermée au public")
        PHONE_ONLY = "phone_only", _("Accueil par téléphone seulement")
        UNKNOWN = "unknown", _("À vérifier")

    code = models.CharField(_("code"), max_length=20, unique=True, help_text=_("site_id du fichier importé"))
    name = models.CharField(_("nom"), max_length=200)
    short_name = models.CharField(_("nom court"), max_length=80)
    label = LabelField(_("étiquette"), max_length=200, editable=False, default="")
    kind = models.CharField(_("type"), max_length=20, choices=Kind, default=Kind.PRINCIPAL)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    address_complement = models.CharField(_("complément"), max_length=200, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), related_name="maisons", on_delete=models.PROTECT
    )
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    opening_hours = models.CharField(
        _("horaires"), max_length=500, blank=True, help_text=_("syntaxe opening_hours d’OpenStreetMap")
    )
    opening_note = models.TextField(_("précision sur les horaires"), blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("rattachée à"), null=True, blank=True, on_delete=models.PROTECT
    )
    territory_code = models.CharField(_("code du territoire"), max_length=20, blank=True)
    territory_name = models.CharField(_("territoire"), max_length=120, blank=True)
    public_access = models.CharField(
        _("accueil du public"), max_length=12, choices=PublicAccess, default=PublicAccess.UNKNOWN
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    source_date = models.CharField(_("date de la source"), max_length=10, blank=True)
    closed_on = models.DateField(_("fermée depuis"), null=True, blank=True)

    objects = MaisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("Maison")

    def __str__(self) -> str:
        return self.label or self.name

    @property
    def town(self) -> str:
        """Return « 69008 Lyon », the last line of its address; reads the commune."""
        return f"{self.postal_code} {town_name(self.commune.name)}".strip()

    @property
    def is_principal(self) -> bool:
        return self.kind == self.Kind.PRINCIPAL
