"""Places by their everyday names, beside the names of the communes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SpokenPlace(models.Model):
    """A district, a usual misspelling, or a neighbouring commune, which is not ours.

    A name may mean several communes: one row each. A territory may have none.
    """

    class Kind(models.TextChoices):
        DISTRICT = "district", _("Quartier")
        SPELLING = "spelling", _("Graphie")
        OUTSIDE = "outside", _("Commune voisine")

    name = models.CharField(_("nom"), max_length=120)
    insee_code = models.CharField(_("code INSEE"), max_length=6)
    kind = models.CharField(_("genre"), max_length=10, choices=Kind)
    postal_codes = ArrayField(models.CharField(max_length=5), verbose_name=_("codes postaux"), default=list)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("nom de lieu")
        constraints = [models.UniqueConstraint(fields=["name", "insee_code"], name="spoken_place_once")]

    def __str__(self) -> str:
        return self.name
