"""Where a commune ends, for the maps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.maisons.models.commune import Commune


class Outline(models.Model):
    """The outer rings of a commune, each a list of [longitude, latitude] in degrees.

    Apart from the commune, so that no list ever reads it; a territory may have none.
    """

    commune = models.OneToOneField(
        Commune, verbose_name=_("commune"), related_name="outline", on_delete=models.CASCADE
    )
    rings = models.JSONField(_("contour"))

    class Meta:
        verbose_name = _("contour")

    def __str__(self) -> str:
        return f"{_('Contour')} – {self.commune_id}"
