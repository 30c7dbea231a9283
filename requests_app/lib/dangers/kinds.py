"""The dangers we look for, and whom to call for each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.lib.dangers.patterns import typed_words


@dataclass(frozen=True, slots=True)
class Number:
    """An emergency number; ``href`` calls it, or opens a text message."""

    number: str
    label: str | Promise
    href: str


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind of danger: its question to the person, what agents read of it, and whom to call."""

    code: str
    title: str | Promise
    for_agents: str | Promise
    numbers: tuple[Number, ...]

    @property
    def pattern(self) -> str:
        """Return the pattern that the page matches while the person types."""
        return "|".join(typed_words()[self.code])


POLICE = Number("17", _("police"), "tel:17")
HEALTH = Number("15", _("urgence médicale"), "tel:15")
EUROPE = Number("112", _("toutes les urgences"), "tel:112")
BY_TEXT = Number("114", _("urgence par SMS"), "sms:114")
CHILD = Number("119", _("enfant en danger"), "tel:119")
VIOLENCE = Number("3919", _("violences"), "tel:3919")
SHELTER = Number("115", _("dormir ce soir"), "tel:115")
SUICIDE = Number("3114", _("idées de suicide"), "tel:3114")

EVERYDAY = (POLICE, HEALTH, EUROPE, BY_TEXT, CHILD, SHELTER, VIOLENCE)
DANGERS = (  # the gravest first
    Danger(
        "violence",
        _("Quelqu’un vous fait du mal ou vous menace ?"),
        _("La personne parle de violences ou de menaces."),
        (POLICE, BY_TEXT, VIOLENCE, EUROPE),
    ),
    Danger(
        "enfant",
        _("Un enfant est en danger ?"),
        _("La personne parle d’un enfant en danger."),
        (CHILD, POLICE, BY_TEXT),
    ),
    Danger(
        "vie",
        _("Vous pensez à mourir, ou quelqu’un y pense ?"),
        _("La personne, ou quelqu’un d’autre, pense peut-être à mourir."),
        (SUICIDE, HEALTH, BY_TEXT),
    ),
    Danger(
        "sante",
        _("La santé de quelqu’un est en danger ?"),
        _("La personne parle d’une urgence de santé."),
        (HEALTH, EUROPE, BY_TEXT),
    ),
    Danger(
        "toit",
        _("Vous n’avez nulle part où dormir ce soir ?"),
        _("La personne n’a peut-être nulle part où dormir ce soir."),
        (SHELTER, EUROPE),
    ),
)


def numbers_of(dangers: list[Danger]) -> list[Number]:
    """Return whom to call for all of them, each number once."""
    return list(dict.fromkeys(number for danger in dangers for number in danger.numbers))
