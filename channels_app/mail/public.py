"""What the public pages say about e-mail."""

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.channels.description import WriteTo


def write_to() -> WriteTo:
    return WriteTo(_("Par e-mail :"), settings.MAIL_FROM, f"mailto:{settings.MAIL_FROM}")


def is_carried() -> bool:
    """Return whether somebody else's server sends our mails."""
    return bool(settings.EMAIL_URL)
