"""Every text that the regime of a topic changes, on an example: read before it is confirmed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.lib.legal_clocks import DocumentRequest, LegalClock, Sense, run_clock
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.messages.receipt import plain_label, words_of_clock
from requests_app.tickets.messages.spoken import reachable

ASKED_AFTER, GIVEN = timedelta(days=5), timedelta(days=15)
TEMPLATES = ("messages/receipt.txt", "messages/letter_acknowledgment.txt")


@dataclass(frozen=True, slots=True)
class Example:
    """One text as the person would read it."""

    title: str
    text: str


def examples_of(topic: Topic, *, received: date, language: str) -> list[Example]:
    """Write the texts of a topic, saved or not, for a request received that day."""
    with translation.override(language):
        return list(_examples(topic, received))


def _examples(topic: Topic, received: date) -> Iterator[Example]:
    mail, letter = TEMPLATES
    yield Example(_("Accusé de réception, par e-mail"), _receipt(mail, topic, received, None))
    asked = DocumentRequest(received + ASKED_AFTER, received + ASKED_AFTER + GIVEN)
    yield Example(_("Le même, quand il manque un papier"), _receipt(mail, topic, received, asked))
    yield Example(_("Accusé de réception, par lettre"), _receipt(letter, topic, received, None))


def _receipt(template: str, topic: Topic, received: date, asked: DocumentRequest | None) -> str:
    clock = example_clock(topic, received, asked)
    until = asked.until if asked else None
    context = {
        **_frame(topic, received),
        **_documents(asked),
        **words_of_clock(topic, clock, until, said=french.dated),
    }
    return render_to_string(template, context).strip()


def example_clock(topic: Topic, received: date, asked: DocumentRequest | None) -> LegalClock | None:
    """Run the clock of a topic; None when nothing certain may be said of it."""
    if topic.settled_regime == Topic.Regime.NONE:
        return None
    sense = Sense.ACCEPTANCE if topic.counts_from_complete_file else Sense.REFUSAL
    requests = [asked] if asked else []
    return run_clock(sense=sense, months=topic.silence_months, received=received, requests=requests)


def _frame(topic: Topic, received: date) -> dict[str, Any]:
    """What every message says beside the law."""
    return {
        "reference": f"{settings.REFERENCE_PREFIX}-EXEMPLE",
        "topic": plain_label(topic),
        "received": french.dated(received),
        "due": "",
        "written": "",
        "noted": "",
        "who": reachable(identity_of(None)),
        "link": f"{settings.PUBLIC_URL}/s/…",
        "follow_up": f"{settings.PUBLIC_URL}/suivi/",
    }


def _documents(
    asked: DocumentRequest | None, *, said: Callable[[date], str] = french.dated
) -> dict[str, Any]:
    return {
        "are_papers_missing": asked is not None,
        "papers": [_("Justificatif de domicile")] if asked else [],
        "papers_until": said(asked.until) if asked else "",
        "does_study_go_on": False,
    }
