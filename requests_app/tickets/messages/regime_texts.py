"""Every text that a topic's regime changes, on an example: proofread before it is confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.catalog.models import Regime, Topic
from requests_app.lib import french
from requests_app.lib.legal_clocks import DocumentRequest, LegalClock, Sense, run_clock
from requests_app.routing.transfers import is_transferred
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.letters.attestation import attestation_text
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.messages.receipt import plain_label, words_of_clock
from requests_app.tickets.messages.service_identity import reachable
from requests_app.tickets.models import State, Ticket

ASKED_AFTER, GIVEN = timedelta(days=5), timedelta(days=15)
MORNING = time(9)
MAIL, LETTER = "messages/receipt.txt", "messages/letter_acknowledgment.txt"


@dataclass(frozen=True, slots=True)
class Example:
    """One text as the person would read it, and what it is part of."""

    group: str
    title: str
    text: str


def examples_of(topic: Topic, *, received: date, language: str) -> list[Example]:
    """Write the texts of a topic, saved or not, for a ticket received that day."""
    with translation.override(language):
        return [
            *_receipts(topic, received),
            *_law_blocks(topic, received),
            *_attestations(topic, received),
            *_transfers(topic, received),
        ]


def example_ticket(topic: Topic, received: date, **fields: Any) -> Ticket:
    """Build an unsaved ticket about the topic, read in the current language."""
    return Ticket(
        reference=f"{settings.REFERENCE_PREFIX}-EXEMPLE",
        topic=topic,
        received_at=datetime.combine(received, MORNING, PARIS),
        state=State.OPEN,
        is_sensitive=topic.is_sensitive,
        language=(translation.get_language() or settings.LANGUAGE_CODE)[:2],
        **fields,
    )


def example_clock(topic: Topic, received: date, asked: DocumentRequest | None) -> LegalClock | None:
    """Run the clock of a topic; None when nothing certain can be said of it."""
    if topic.settled_regime == Regime.NONE:
        return None
    sense = Sense.ACCEPTANCE if topic.counts_from_complete_file else Sense.REFUSAL
    requests = [asked] if asked else []
    return run_clock(sense=sense, months=topic.silence_months, received=received, requests=requests)


def asking_day(topic: Topic, received: date) -> date | None:
    """Return the first day to ask why silence refused; None where silence refuses nothing."""
    clock = example_clock(topic, received, None)
    is_refusal = topic.settled_regime == Regime.SILENCE_REFUSAL
    return clock.day + timedelta(days=1) if is_refusal and clock and clock.day else None


def _receipts(topic: Topic, received: date) -> Iterator[Example]:
    group = _("Accusé de réception")
    asked = DocumentRequest(received + ASKED_AFTER, received + ASKED_AFTER + GIVEN)
    yield Example(group, _("Par e-mail"), _receipt(MAIL, topic, received, None))
    yield Example(group, _("Par e-mail, quand il manque un papier"), _receipt(MAIL, topic, received, asked))
    yield Example(group, _("Par lettre"), _receipt(LETTER, topic, received, None))
    yield Example(group, _("Par lettre, quand il manque un papier"), _receipt(LETTER, topic, received, asked))


def _receipt(template: str, topic: Topic, received: date, asked: DocumentRequest | None) -> str:
    clock = example_clock(topic, received, asked)
    until = asked.until if asked else None
    context = {
        **_frame(topic, received),
        **_documents(topic, asked),
        **words_of_clock(topic, clock, until, said=french.full_date),
    }
    return render_to_string(template, context).strip()


def _law_blocks(topic: Topic, received: date) -> Iterator[Example]:
    group = _("Page de suivi")
    yield Example(group, _("Ce que dit la loi"), law_of(example_ticket(topic, received)))
    asked_on = asking_day(topic, received)
    if asked_on:
        ticket = example_ticket(topic, received, reasons_asked_on=asked_on)
        yield Example(group, _("Ce que dit la loi, une fois les raisons demandées"), law_of(ticket))


def _attestations(topic: Topic, received: date) -> Iterator[Example]:
    """Yield the attestation that a person may ask for; none unless silence certainly accepts."""
    clock = example_clock(topic, received, None)
    if topic.settled_regime == Regime.SILENCE_ACCEPTANCE and clock and clock.day:
        text = attestation_text(example_ticket(topic, received), clock.day)
        yield Example(_("Décision"), _("Attestation d’un accord par silence, sur papier"), text)


def _transfers(topic: Topic, received: date) -> Iterator[Example]:
    """Yield both notices; a sensitive topic has none, since an agent tells the person by voice (A03)."""
    if topic.is_sensitive:
        return
    group = _("Transmission")
    body = topic.competent_body if is_transferred(topic) else _("l’organisme compétent")
    for is_internal in (topic.is_internal, not topic.is_internal):
        title = _("À un autre de nos services") if is_internal else _("À un autre organisme")
        context = {
            **_frame(topic, received),
            "body": body,
            "is_by_mail": True,
            "is_internal": is_internal,
        }
        yield Example(group, title, render_to_string("messages/transfer.txt", context).strip())


def _frame(topic: Topic, received: date) -> dict[str, Any]:
    """Build the context every message shares, beside the law."""
    return {
        "reference": f"{settings.REFERENCE_PREFIX}-EXEMPLE",
        "topic": plain_label(topic),
        "received": french.full_date(received),
        "due": "",
        "written": "",
        "replaces": False,
        "noted": "",
        "who": reachable(identity_of(None)),
        "link": f"{settings.PUBLIC_URL}/s/…",
        "follow_up": f"{settings.PUBLIC_URL}/suivi/",
    }


def _documents(topic: Topic, asked: DocumentRequest | None) -> dict[str, Any]:
    """Build the documents asked for; a sensitive topic's are named behind a code only, as in reality."""
    is_named = asked is not None and not topic.is_sensitive
    return {
        "are_papers_missing": asked is not None,
        "are_papers_withdrawn": False,
        "papers": [_("Justificatif de domicile")] if is_named else [],
        "papers_until": french.full_date(asked.until) if asked else "",
        "does_study_go_on": False,
    }
