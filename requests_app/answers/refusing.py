"""A refusal states its reasons and how to contest it (CRPA, art. L211-2, L412-3; CJA, art. R421-5)."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.channels.registry import channel_of
from requests_app.lib import french
from requests_app.lib.languages import speaking
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.receipt import appeal_words
from requests_app.tickets.messages.recipient import language_known
from requests_app.tickets.models import Ticket

MIN_WORDS = 5  # « Refusé. » gives no reason


def refusal_of(ticket: Ticket, reasons: str) -> str:
    """Return the agent's text with the topic's appeal clause; only once, even when run again.

    In French, the language of the decision, then in the reader's when it is another of ours.
    Raises Refused when there is no topic to say how to contest, or no reason.
    """
    if ticket.topic is None:
        raise Refused(_("Choisissez d’abord le sujet : il dit comment contester."))
    if len(reasons.split()) < MIN_WORDS:
        raise Refused(_("Écrivez les raisons du refus : la personne doit les lire."))
    added = [
        part for language in _languages_of(ticket) for part in _added_text(ticket, ticket.topic, language)
    ]
    return "\n\n".join([reasons, *[each for each in added if each not in reasons]])


def _languages_of(ticket: Ticket) -> list[str]:
    with speaking(language_known(ticket)):
        reader = (translation.get_language() or settings.LANGUAGE_CODE)[:2]
    return list(dict.fromkeys([settings.LANGUAGE_CODE[:2], reader]))


def _added_text(ticket: Ticket, topic: Topic, language: str) -> list[str]:
    with translation.override(language):
        context = {**appeal_words(topic), "is_express": True}
        appeal = render_to_string("messages/_appeal.txt", context).strip()
        asked = _asked_again(ticket, topic)
    return [asked, appeal] if asked else [appeal]


def _asked_again(ticket: Ticket, topic: Topic) -> str:
    """Say, when the reasons were asked for, that the delay to contest restarts (CRPA, L232-4); else ""."""
    if ticket.reasons_asked_on is None:
        return ""
    asked = _("Le %(day)s, vous avez demandé les raisons de notre refus : les voici.")
    settled = _("Le délai pour contester repart pour deux mois, à partir du jour où vous les recevez.")
    unsettled = _("Le délai pour contester repart du jour où vous les recevez.")
    again = settled if topic.is_appeal_settled else unsettled
    return f"{asked % {'day': french.full_date(ticket.reasons_asked_on)}} {again}"


def require_written(channel: str) -> None:
    """Refuse channels that cannot carry a whole decision."""
    if not channel_of(channel).carries_decisions:
        raise Refused(_("Un refus part par e-mail ou par courrier : il porte ses raisons et le recours."))
