"""The refusals that a topic's regime changes, on an example: they state how to contest (L412-3)."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.answers.refusing import refusal_of
from requests_app.catalog.models import Topic
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.messages.regime_texts import Example, asking_day, example_ticket
from requests_app.tickets.messages.service_identity import reachable


def refusals_of(topic: Topic, *, received: date, language: str) -> list[Example]:
    """Write the refusals of a topic, saved or not; letter and e-mail say the same."""
    with translation.override(language):
        return list(_refusals(topic, received))


def _refusals(topic: Topic, received: date) -> Iterator[Example]:
    group = _("Décision")
    yield Example(group, _("Refus, par e-mail ou par lettre"), _refusal(topic, received, None))
    if asked_on := asking_day(topic, received):
        text = _refusal(topic, received, asked_on)
        yield Example(group, _("Refus, quand ses raisons ont été demandées"), text)


def _refusal(topic: Topic, received: date, asked_on: date | None) -> str:
    ticket = example_ticket(topic, received, reasons_asked_on=asked_on)
    with translation.override(settings.LANGUAGE_CODE):
        reasons = _("Ici, l’agent écrit les raisons de la décision.")
    context = {
        "text": refusal_of(ticket, reasons),
        "signature": [_("Prénom et nom de l’agent")],
        "who": reachable(identity_of(None)),
        "reference": ticket.reference,
        "link": f"{settings.PUBLIC_URL}/s/…",
    }
    return render_to_string("messages/answer.txt", context).strip()
