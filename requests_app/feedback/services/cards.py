"""The card of a survey: a code on paper, for those whom no message reaches (design/experience.md, 2)."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.appointments.services.holding import lock_names
from requests_app.feedback.candidates import is_asked_lately
from requests_app.feedback.models import SurveyCard
from requests_app.feedback.services.inviting import CARD, PURPOSE
from requests_app.lib.languages import speaking
from requests_app.outbox import links, pages
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import ALPHABET, LENGTH

LASTS = timedelta(days=60)  # a letter travels, waits to be read, and is read with somebody


@transaction.atomic
def give_card(*, ticket: Ticket, way: str, at: datetime) -> SurveyCard | None:
    """Return the card of this ticket, the same one as long as it lasts; None where nothing may be asked.

    Never about a sensitive request, to somebody in danger, nor to a person asked in the last ninety days.
    """
    if not settings.SURVEYS_ON or ticket.is_sensitive or ticket.is_in_danger:
        return None
    lock_names([f"{CARD}{ticket.pk}"])
    known = SurveyCard.objects.filter(ticket=ticket, way=way, expires_at__gt=at).first()
    if known or is_asked_lately(ticket.person_id, at):
        return known
    values = {"ticket": ticket, "way": way, "given_at": at, "expires_at": at + LASTS}
    code = _free_code()
    return SurveyCard.objects.create(code=code, **values)


def _free_code() -> str:
    """Draw a code that no card had: of 887 million, the second draw is rare."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not SurveyCard.objects.filter(code=code).exists():
            return code


def card_line(card: SurveyCard | None, language: str = "") -> str:
    """Write what the paper says; "" without a card."""
    if card is None:
        return ""
    with speaking(language):
        words = {"address": pages.address_of(pages.CARD), "code": split_code(card.code)}
        text = _("Comment s’est passé ce contact ? Dites-le, si vous voulez : %(address)s, code %(code)s.")
        return text % words


def split_code(code: str) -> str:
    """Split the code in two, as it is easier to copy."""
    return f"{code[:3]}\u00a0{code[3:]}"


def open_card(typed: str, *, at: datetime) -> str | None:
    """Return the secret of the page that a code opens; None when there is no such card, or no longer."""
    code = "".join(typed[:40].split()).replace("-", "").upper()
    card = SurveyCard.objects.filter(code=code, expires_at__gt=at).select_related("ticket").first()
    if card is None or card.ticket.is_sensitive:
        return None
    return links.open_page(f"{CARD}{card.pk}", PURPOSE, card.ticket_id, until=card.expires_at, at=at)
