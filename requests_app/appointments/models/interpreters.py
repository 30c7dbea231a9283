from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.lib.text import fold


class InterpreterQuerySet(models.QuerySet["Interpreter"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Interpreter(models.Model):
    """Who speaks for a person at an appointment: taken by it, as its agent and its room are.

    They come to the Maisons of ``maisons``, to all of them when it is empty. A retired one stays for the
    appointments they have.
    """

    name = models.CharField(_("nom"), max_length=80)
    languages = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("langues"),
        help_text=_("Séparées par des virgules, par exemple : arabe, turc, langue des signes."),
    )
    maisons = models.ManyToManyField(
        "maisons.Maison",
        verbose_name=_("Maisons"),
        blank=True,
        related_name="+",
        help_text=_("Vide : toutes."),
    )
    is_active = models.BooleanField(_("proposé"), default=True)

    objects = InterpreterQuerySet.as_manager()

    class Meta:
        verbose_name = _("interprète")

    def __str__(self) -> str:
        return self.name

    def speaks(self, words: str) -> bool:
        """Tell whether one of their languages is among these words: « arabe » in « arabe du Maghreb »."""
        asked = set(fold(words).split())
        return any(set(fold(language).split()) <= asked for language in self.languages if language.strip())
