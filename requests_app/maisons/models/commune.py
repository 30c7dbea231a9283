"""Communes, arrondissements and delegated communes, and their town halls."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class CommuneQuerySet(models.QuerySet["Commune"]):
    def current(self) -> Self:
        """Filter those of today's territory."""
        return self.filter(closed_on=None)


class Commune(models.Model):
    """A place people name when they say where they live; communes merge, so a row is dated, not deleted."""

    class Level(models.TextChoices):
        COMMUNE = "commune", _("Commune")
        ARRONDISSEMENT = "arrondissement", _("Arrondissement")
        DELEGATED = "commune_deleguee", _("Commune déléguée")

    insee_code = models.CharField(_("code INSEE"), max_length=6, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    level = models.CharField(_("niveau"), max_length=20, choices=Level, default=Level.COMMUNE)
    parent = models.ForeignKey(
        "self", verbose_name=_("fait partie de"), null=True, blank=True, on_delete=models.PROTECT
    )
    postal_codes = ArrayField(models.CharField(max_length=5), verbose_name=_("codes postaux"), default=list)
    population = models.PositiveIntegerField(_("habitants"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=120), verbose_name=_("autres graphies"), default=list, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    closed_on = models.DateField(_("hors du territoire depuis"), null=True, blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")

    def __str__(self) -> str:
        return self.name


class TownHall(models.Model):
    """The town hall to which a ticket about the commune's own affairs is sent."""

    commune = models.OneToOneField(
        Commune, verbose_name=_("commune"), related_name="town_hall", on_delete=models.CASCADE
    )
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=5, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    website = models.URLField(_("site internet"), blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        verbose_name = _("mairie")

    def __str__(self) -> str:
        return f"{_('Mairie')} – {self.commune.name}"
