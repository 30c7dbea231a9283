"""What the law says of a topic: what our silence means, after how long, and how a refusal is contested.

A part that the legal department has not confirmed is listed in ``to_validate``: nothing definite is
printed.
"""

from collections.abc import Collection

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

SENSE, APPEAL = "regime", "appeal"
PARTS = (SENSE, APPEAL)
"""The parts of a regime that a legal reviewer confirms, as ``to_validate`` names them."""

LAW_FIELDS = (
    "regime",
    "silence_months",
    "from_complete_file",
    "appeal",
    "appeal_to",
    "appeal_court",
    "is_internal",
    "regime_source",
    "acceptance_note",
    "acceptance_note_en",
)


class Regime(models.TextChoices):
    NONE = "none", _("Pas de décision attendue")
    SILENCE_REFUSAL = "silence_refusal", _("Le silence vaut refus")
    SILENCE_ACCEPTANCE = "silence_acceptance", _("Le silence vaut accord")
    TO_VALIDATE = "to_validate", _("À valider : le sens n’est pas connu")


class Appeal(models.TextChoices):
    GRACIOUS = "gracious", _("Au choix : le service, ou le tribunal")
    MANDATORY = "mandatory", _("D’abord un recours obligatoire")
    IS_APPEAL = "is_appeal", _("La demande est déjà un recours")
    JUDICIAL = "judicial", _("D’abord un recours obligatoire, puis un autre tribunal")
    DOCUMENTS = "documents", _("Accès à des documents : d’abord la CADA")


class SilenceMonths(models.IntegerChoices):
    ONE = 1, _("un mois")
    TWO = 2, _("deux mois")
    THREE = 3, _("trois mois")
    FOUR = 4, _("quatre mois")
    NINE = 9, _("neuf mois")


class LegalRegime(models.Model):
    """The legal columns of a topic; ``settled_…`` is what may be printed."""

    regime = models.CharField(
        _("silence de l’administration"), max_length=20, choices=Regime.choices, default=Regime.NONE
    )
    silence_months = models.PositiveSmallIntegerField(
        _("délai du silence"), choices=SilenceMonths.choices, default=2, db_default=2
    )
    from_complete_file = models.BooleanField(
        _("délai compté depuis le dossier complet"),
        default=False,
        db_default=False,
        help_text=_("toujours, quand le silence vaut accord"),
    )
    appeal = models.CharField(
        _("recours"), max_length=12, choices=Appeal.choices, default=Appeal.GRACIOUS, db_default="gracious"
    )
    appeal_to = models.CharField(
        _("à qui écrire pour contester"),
        max_length=300,
        blank=True,
        db_default="",
        help_text=_("l’auteur de la décision et son adresse, par exemple « la présidence, 1 rue du Lac »"),
    )
    appeal_court = models.CharField(
        _("tribunal"),
        max_length=300,
        blank=True,
        db_default="",
        help_text=_("vide : le tribunal administratif du territoire"),
    )
    is_internal = models.BooleanField(
        _("un service de notre administration"),
        default=False,
        db_default=False,
        help_text=_("l’organisme compétent n’est pas une autre administration"),
    )
    regime_source = models.CharField(_("texte de loi"), max_length=300, blank=True, db_default="")
    acceptance_note = models.CharField(
        _("phrase ajoutée à un accord"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("ce que l’accord a de propre à ce sujet, par exemple un montant provisoire"),
    )
    acceptance_note_en = models.CharField(
        _("la même phrase, en anglais"), max_length=300, blank=True, default="", db_default=""
    )
    to_validate = ArrayField(
        models.CharField(max_length=40), verbose_name=_("à valider"), default=list, blank=True
    )
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("validé par"),
    )
    validated_on = models.DateField(_("validé le"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def expects_decision(self) -> bool:
        """Tell whether the person asks for a decision, whatever our silence means."""
        return self.regime != Regime.NONE

    @property
    def settled_regime(self) -> str:
        """Return what our silence means, as it may be printed: NONE until sense and delay are confirmed."""
        is_open = SENSE in self.to_validate or self.regime == Regime.TO_VALIDATE
        return Regime.NONE if is_open else self.regime

    def settled_note(self, language: str) -> str:
        """Return what an acceptance adds of its own, as it may be printed: "" until its sense is settled."""
        if self.settled_regime != Regime.SILENCE_ACCEPTANCE:
            return ""
        note = self.acceptance_note_en if language.startswith("en") else self.acceptance_note
        return f"{note}." if note and note[-1] not in ".!?…" else note

    @property
    def is_appeal_settled(self) -> bool:
        """Tell whether the delays of the appeal may be printed."""
        return APPEAL not in self.to_validate

    @property
    def counts_from_complete_file(self) -> bool:
        return self.from_complete_file or self.regime == Regime.SILENCE_ACCEPTANCE

    @property
    def court(self) -> str:
        return self.appeal_court or str(settings.APPEAL_COURT)

    @property
    def parts_to_validate(self) -> list[str]:
        """Return the parts that wait for the legal department; none where surely no decision is expected."""
        return [part for part in PARTS if part in self.to_validate or (part, self.regime) == _UNKNOWN]


_UNKNOWN = (SENSE, Regime.TO_VALIDATE)


def others_to_validate(to_validate: Collection[str], parts: Collection[str]) -> list[str]:
    """List what remains to be confirmed in a row: what is not the law's, and these parts of it."""
    return [name for name in to_validate if name not in PARTS] + [part for part in PARTS if part in parts]
