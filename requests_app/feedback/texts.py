"""What an invitation says: which request, how to answer, how to stop; never what the request is about."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from requests_app.lib.languages import speaking
from requests_app.outbox.links import PLACEHOLDER
from requests_app.tickets.messages.brief import fill_longest_link


def mail_subject(language: str = "") -> str:
    with speaking(language):
        return _("Comment s’est passé ce contact avec nous ?")


def mail_text(reference: str, language: str = "") -> str:
    """Write the mail: a page that opens never answers, only its button does."""
    with speaking(language):
        words = {"reference": reference, "link": PLACEHOLDER, "authority": settings.AUTHORITY_NAME}
        return render_to_string("messages/survey.txt", words).strip() + "\n"


def brief_texts(language: str = "") -> list[str]:
    """Return the variants of the SMS, fullest first."""
    with speaking(language):
        words = {"sender": settings.AUTHORITY_NAME, "link": PLACEHOLDER}
        return [
            _(
                "%(sender)s : ce contact avec nous ? Répondez de 1 (très mal) à 5 (très bien), "
                "ou : %(link)s STOP : plus de SMS."
            )
            % words,
            _("%(sender)s : ce contact ? Répondez de 1 (très mal) à 5 (très bien). STOP : plus de SMS.")
            % words,
        ]


def more_texts(language: str = "") -> list[str]:
    """Return the variants of « un mot de plus ? » by SMS, fullest first."""
    with speaking(language):
        words = {"sender": settings.AUTHORITY_NAME}
        return [
            _(
                "%(sender)s : merci, c’est noté. Un mot de plus ? Répondez ici. "
                "Ce n’est pas réglé ? Répondez PAS RÉGLÉ."
            )
            % words,
            _("%(sender)s : merci. Un mot de plus ? Répondez. Sinon : PAS RÉGLÉ.") % words,
        ]


def samples() -> list[str]:
    """Return the shortest variants: for the startup check."""
    shortest = (texts(code)[-1] for code, _name in settings.LANGUAGES for texts in (brief_texts, more_texts))
    return [fill_longest_link(text) for text in shortest]
