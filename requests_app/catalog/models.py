"""Topics: what a ticket is about, who is competent, what is promised."""

import re
from collections.abc import Mapping
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.catalog.bodies import body_words
from requests_app.catalog.regime_changes import RegimeChange
from requests_app.catalog.regimes import Appeal, LegalRegime, Regime, SilenceMonths
from requests_app.catalog.sayings import stems_of, strength
from requests_app.catalog.search import SearchableTopic, rate_all

__all__ = [
    "Appeal",
    "CompetentBody",
    "LegalRegime",
    "Regime",
    "RegimeChange",
    "SilenceMonths",
    "Topic",
]

SENSITIVE = frozenset({"protection", "enfance", "sante"})
"""Levels hidden from front desk and managers (threats A03)."""

SAID = 100  # a saying tells more than any letters
_SHORT_NUMBER = re.compile(r"(?<![\d-])\d{2,4}(?![\d-])")


class TopicQuerySet(models.QuerySet["Topic"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def matching(
        self, typed: str, *, received: Mapping[int, int] | None = None, limit: int = 8
    ) -> "list[Topic]":
        """Find what an agent means by a few letters or says as people do; one statement (~60 rows).

        ``received`` counts what this place really receives, by topic: the most frequent comes first, then
        the best match. Each carries its ``rank``: two that share the first one are equally likely.
        """
        topics, stems, often = list(self), stems_of(typed), received or {}
        rates = rate_all(
            typed, [SearchableTopic(n, t.label, t.theme, t.keywords) for n, t in enumerate(topics)]
        )
        for number, topic in enumerate(topics):
            likeness = rates.get(number, 0) + SAID * strength(topic.code, stems, is_strict=True)
            topic.rank = (-often.get(topic.pk, 0), -likeness)
        found = [(topic.rank, topic.label, topic.pk, topic) for topic in topics if topic.rank[1]]
        return [topic for _rank, _label, _pk, topic in sorted(found)[:limit]]


class Topic(LegalRegime):
    """An entry of the catalog."""

    class Matter(models.TextChoices):
        YES = "oui", _("Oui")
        PARTLY = "partiel", _("En partie")
        NO = "non", _("Non")
        UNKNOWN = "a_qualifier", _("À qualifier")

    class Action(models.TextChoices):
        HANDLE = "traiter", _("Traiter")
        QUALIFY = "qualifier", _("Qualifier")
        URGENT = "urgence", _("Urgence")
        GUIDE = "orienter", _("Orienter")
        TRANSMIT = "transmettre", _("Transmettre")

    class Sensitivity(models.TextChoices):
        NORMAL = "normal", _("Normal")
        SOCIAL = "social", _("Social")
        INCOME = "revenus", _("Revenus")
        HEALTH = "sante", _("Santé")
        CHILDHOOD = "enfance", _("Enfance")
        PROTECTION = "protection", _("Protection")

    Regime, Appeal = Regime, Appeal

    rank: tuple[int, int] = (0, 0)  # its rank in a search: how frequent, how good a match
    code = models.CharField(_("code"), max_length=50, unique=True)
    theme = models.CharField(_("thème"), max_length=80)
    label = models.CharField(_("libellé"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    audience = models.CharField(_("public"), max_length=120, blank=True)
    mdm_matter = models.CharField(
        _("relève d’une Maison"), max_length=12, choices=Matter, default=Matter.UNKNOWN
    )
    action = models.CharField(_("action"), max_length=12, choices=Action, default=Action.QUALIFY)
    competent_body = models.CharField(_("organisme compétent"), max_length=250, blank=True)
    sensitivity = models.CharField(
        _("sensibilité"), max_length=12, choices=Sensitivity, default=Sensitivity.NORMAL
    )
    keywords = ArrayField(
        models.CharField(max_length=80), verbose_name=_("mots-clés"), default=list, blank=True
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    delay_days = models.PositiveSmallIntegerField(
        _("délai annoncé"), null=True, blank=True, help_text=_("en jours ouvrés")
    )
    retention_months = models.PositiveSmallIntegerField(
        _("conservation"), null=True, blank=True, help_text=_("en mois après le dernier contact")
    )
    archive_months = models.PositiveSmallIntegerField(
        _("archive restreinte"),
        null=True,
        blank=True,
        help_text=_("en mois après la conservation ; aucune si rien n’est dit"),
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("réouverture"),
        null=True,
        blank=True,
        help_text=_("jours pendant lesquels une réponse rouvre une demande terminée ; 30 si rien n’est dit"),
    )
    is_public = models.BooleanField(
        _("proposé aux autres logiciels"),
        default=False,
        db_default=False,
        help_text=_("ils lisent ses demandes sans le nom des personnes"),
    )
    is_active = models.BooleanField(_("proposé aux agents"), default=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("motif")

    def __str__(self) -> str:
        return self.label

    @property
    def is_sensitive(self) -> bool:
        return self.sensitivity in SENSITIVE

    @property
    def body_words(self) -> str:
        """Return the competent body, without the abbreviations and the numbers of the catalog."""
        return body_words(self.competent_body)

    @property
    def emergency_numbers(self) -> tuple[str, ...]:
        """Return the short numbers (17, 115, 3919) that the competent body names, in order."""
        return short_numbers(self.competent_body)


class CompetentBody(models.Model):
    """Where tickets that are not ours are handed over; ``name`` is as advice and topics write it."""

    name = models.CharField(
        _("organisme"),
        max_length=250,
        unique=True,
        help_text=_("comme le sujet ou la demande le nomme, par exemple « Mairie de Bron »"),
    )
    mail = models.EmailField(
        _("adresse e-mail"),
        blank=True,
        help_text=_("vide : un agent transmet la demande lui-même"),
    )
    service_url = models.CharField(
        _("adresse de la démarche"),
        max_length=250,
        validators=[URLValidator(schemes=["https", "http"])],
        blank=True,
        default="",
        db_default="",
        help_text=_("un formulaire de son portail, qui reçoit la demande à la place d’un e-mail"),
    )

    class Meta:
        verbose_name = _("organisme compétent")
        verbose_name_plural = _("organismes compétents")

    def __str__(self) -> str:
        return self.name


def short_numbers(text: str) -> tuple[str, ...]:
    """List the numbers of two to four digits that a text names, each once."""
    return tuple(dict.fromkeys(_SHORT_NUMBER.findall(text)))
