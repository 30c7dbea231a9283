"""What the public pages say about SMS, from the settings."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.channels.description import WriteTo
from requests_app.lib import phones


def notice() -> str:
    """Return what we store, and what the settings make the operator do."""
    days = settings.SMS_ERASED_AFTER_DAYS
    if not (days and settings.TWILIO_ACCOUNT_SID):
        return _(
            "Nous gardons vos messages et votre numéro. Ils passent par un opérateur. "
            "Répondez STOP pour ne plus recevoir de rappels."
        )
    words = _(
        "Nous gardons vos messages et votre numéro. Ils passent par un opérateur : nous les y effaçons après "
        "%(days)s jours. Répondez STOP pour ne plus recevoir de rappels."
    )
    return words % {"days": days}


def write_to() -> WriteTo | None:
    """Return the number that receives replies; None when the sender is a name."""
    sender = settings.TWILIO_FROM
    number = phones.format_national(phones.e164(sender)) or (sender if sender.isdigit() else "")
    return WriteTo(_("Par SMS :"), number) if number else None


def is_carried() -> bool:
    """Return whether an operator sends our SMS."""
    return bool(settings.TWILIO_ACCOUNT_SID)


def abroad() -> str:
    """Say where Twilio is, unless another server is used."""
    is_abroad = is_carried() and is_twilio()
    return _("Notre opérateur de SMS, Twilio, est une société des États-Unis.") if is_abroad else ""


def is_twilio() -> bool:
    """Return whether SMS pass through Twilio itself."""
    host = urlsplit(settings.TWILIO_API_BASE).hostname or "api.twilio.com"
    return host == "twilio.com" or host.endswith(".twilio.com")
