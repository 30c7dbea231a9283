"""What the SMS that answers « ARRIVÉ » says: nothing of why they came (threats: S07)."""

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.lib.languages import speaking


def arrival_text(called: str, *, language: str = "") -> str:
    """Return the text, in that language; ``called`` is « A07 », or "" where the desk speaks to them."""
    words = {"sender": settings.AUTHORITY_NAME, "number": called}
    with speaking(language):
        text = (
            _("%(sender)s : c'est noté, nous savons que vous attendez. Vous avez le numéro %(number)s.")
            if called
            else _("%(sender)s : c'est noté, nous savons que vous attendez. Dites-le aussi à l'accueil.")
        )
        return text % words


def samples() -> list[str]:
    """Return the texts with their longest values: for the startup check."""
    return [
        arrival_text(called, language=code) for code, _name in settings.LANGUAGES for called in ("A999", "")
    ]
