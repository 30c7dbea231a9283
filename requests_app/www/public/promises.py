"""What the page on personal data says, sentence by sentence (GDPR, articles 12 to 14).

Every sentence is held by a test, or is the law itself: tests/house/promises.py names which, and a test of
the house fails on one that nothing holds. A sentence that depends on the site's settings is said only then.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.channels.registry import channels

Sentence = str | Promise

WHY = (
    _("Nous utilisons vos données pour vous répondre."),
    _("Nous comptons aussi, sans les noms, comment va le service."),
    _("C’est une mission de service public (RGPD, article 6.1.e)."),
    _("Aucune décision n’est prise par une machine : un agent lit votre demande."),
    _("Un calcul dit quand rappeler un rendez-vous une fois de plus."),
    _("Il ne change ni les heures ni les lieux que nous proposons."),
)
ASKED = (
    _("Votre nom et vos besoins d’accueil sont facultatifs."),
    _("Sans contact, nous ne pouvons pas vous écrire : vous venez, ou vous appelez."),
    _("Un proche ou un professionnel peut nous parler de vous. Nous notons alors qui l’a dit."),
)
READ_BY = (
    _("Les agents du lieu qui s’occupe de votre demande, et ceux de l’équipe centrale."),
    _("Un sujet de santé, d’enfance ou de protection n’est lu en entier que par les gestionnaires."),
    _("Un agent d’un autre lieu peut l’ouvrir par exception. Sa raison est écrite, un responsable la lit."),
    _("Chaque lecture est notée."),
)
PASSED_ON = (
    _("Vos données ne sont pas vendues."),
    _("Nous les transmettons à un autre organisme si c’est lui qui peut répondre. Nous vous le disons."),
)
CARRIED = _("Nos prestataires d’e-mail et de SMS les transportent pour nous.")
MONTHS = _("Sans durée propre au sujet : %(n)s mois.")
KEPT = (
    _("Chaque sujet a sa durée, comptée depuis notre dernier contact."),
    _("À la fin, l’archiviste donne son accord, puis tout est détruit."),
    _("Nous en gardons la preuve, sans votre nom."),
    _("Un formulaire commencé et jamais envoyé est effacé après sept jours."),
)
RIGHTS = (
    _("Vous pouvez demander à voir vos données, à les corriger, à les effacer, ou à limiter leur usage."),
    _("Vous pouvez aussi dire non à leur usage."),
    _("Nous ne pouvons pas effacer ce que la loi nous oblige à garder, archives publiques comprises."),
    _("Vous pouvez dire ce que vos données deviennent après votre mort (loi 78-17, article 85)."),
    _("Nous répondons en un mois."),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the page; ``code`` is its anchor."""

    code: str
    title: Promise
    sentences: tuple[Sentence, ...]


def sections() -> list[Section]:
    """Return the page in order, for this site's settings."""
    return [
        Section("pourquoi", _("Pourquoi nous les utilisons"), WHY),
        Section("facultatif", _("Ce que vous choisissez de dire"), ASKED),
        Section("qui", _("Qui peut les lire"), READ_BY),
        Section("a-qui", _("À qui nous les transmettons"), (*PASSED_ON, *_carriers())),
        Section("duree", _("Combien de temps"), (KEPT[0], _months(), *KEPT[1:])),
        Section("droits", _("Vos droits"), RIGHTS),
    ]


def _carriers() -> tuple[Sentence, ...]:
    """Say who carries what we send, where it leaves Europe, and the guarantee that the authority names."""
    said: list[Sentence] = [CARRIED] if any(each.is_carried() for each in channels()) else []
    said += [abroad for each in channels() if (abroad := each.abroad())]
    if settings.DATA_TRANSFERS:
        said.append(settings.DATA_TRANSFERS)
    return tuple(said)


def _months() -> str:
    """Write the months that the purge obeys (requests_app.privacy)."""
    return str(MONTHS) % {"n": settings.RETENTION_MONTHS}
