"""What we tell people about their data, by the door they came by (GDPR, articles 12 to 14)."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Notice:
    """One door: what we keep of it, beside the demand itself."""

    channel: str
    text: Promise | str


_NOTICES = (
    Notice("portal", _("Nous gardons vos réponses, vos fichiers et la façon de vous joindre.")),
    Notice("mail", _("Nous gardons votre message entier, ses fichiers et l’adresse d’où il vient.")),
    Notice(
        "sms",
        _(
            "Nous gardons vos messages et votre numéro. Ils passent par un opérateur. "
            "Répondez STOP pour ne plus recevoir de rappels."
        ),
    ),
    Notice(
        "frontdesk",
        _("L’agent note pourquoi vous venez et ce qui est décidé. Vous pouvez ne pas donner votre nom."),
    ),
    Notice("phone", _("L’agent note votre appel. L’appel n’est pas enregistré.")),
    Notice("letter", _("Nous numérisons votre lettre et gardons ses dates.")),
)


_ERASED = _(
    "Nous gardons vos messages et votre numéro. Ils passent par un opérateur : nous les y effaçons après "
    "%(days)s jours. Répondez STOP pour ne plus recevoir de rappels."
)


def notices() -> list[Notice]:
    """One for each door, open or not; what is said of the operator is what the settings make it do."""
    days = settings.SMS_ERASED_AFTER_DAYS
    if not (days and settings.TWILIO_ACCOUNT_SID):
        return list(_NOTICES)
    erased = Notice("sms", str(_ERASED) % {"days": days})
    return [erased if notice.channel == erased.channel else notice for notice in _NOTICES]
