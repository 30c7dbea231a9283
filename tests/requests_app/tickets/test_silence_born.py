"""Once silence has decided, what we write says so in the past, and stops nothing (CRPA, L231-1, L231-4)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from requests_app.catalog.models import Topic
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.letters.words import acknowledgment, as_text
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.services import ask_papers

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 6, 30, 10, tzinfo=PARIS)
BORN = date(2026, 8, 30)  # a Sunday
AFTER = datetime(2026, 9, 8, 9, tzinfo=PARIS)
FUTURE = (
    "Sans réponse de notre part",
    "Vous aurez",
    "s’arrête",
    "Without an answer from us",
    "You will then",
)


@pytest.fixture
def given(make_ticket, amina, territory):
    def make(regime="silence_refusal", appeal="gracious", to_validate=(), **fields):
        Topic.objects.filter(code="velo").update(
            regime=regime, appeal=appeal, to_validate=list(to_validate), appeal_to="la présidence"
        )
        values = {"topic": "velo", "person": amina, "state": "open", "received_at": RECEIVED}
        return make_ticket(**{**values, **fields})

    return make


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("appeal", ["gracious", "mandatory", "is_appeal", "judicial", "documents"])
@pytest.mark.parametrize("regime", ["silence_refusal", "silence_acceptance"])
def test_L231_4_the_page_says_it_in_the_past(given, regime, appeal, language):
    ticket = given(regime, appeal)
    with translation.override(language):
        text = law_of(ticket, today=AFTER.date())
    assert [words for words in FUTURE if words in text] == []
    assert ("nous n’avions pas répondu" if language == "fr" else "we had not answered") in text
    assert ("30\u00a0août" if language == "fr" else "30\u00a0August") in text
    assert ("deux mois" in text or "two months" in text) == (regime == "silence_refusal")


def test_on_the_last_day_nothing_is_decided_yet(given):
    assert "Sans réponse de notre part le dimanche 30" in law_of(given(), today=BORN)


def test_L114_5_documents_asked_too_late_are_not_said_to_stop_it(given, chloe):
    ticket = given()
    ask_papers(ticket=ticket, papers=["Bail"], until=AFTER.date() + timedelta(days=20), by=chloe, at=AFTER)
    text = law_of(ticket, today=AFTER.date())
    assert "est refusée" in text
    assert "s’arrête" not in text


def test_no_delay_is_said_while_the_appeal_is_not_confirmed(given):
    text = law_of(given(to_validate=["appeal"]), today=AFTER.date())
    assert "à partir de ce jour" not in text
    assert "les deux mois peuvent" not in text.lower()


def test_R112_5_a_letter_printed_late_announces_no_past_day(given, chloe):
    ticket = given(due_at=RECEIVED + timedelta(days=20))
    late = as_text(acknowledgment(ticket, by=chloe, at=AFTER))
    assert "nous n’avions pas répondu" in late
    assert "annoncée" not in late
    assert "Réponse annoncée avant" in as_text(acknowledgment(ticket, by=chloe, at=RECEIVED))


def test_a_letter_promises_a_code_only_to_an_address_that_we_have(given, chloe):
    text = as_text(acknowledgment(given(), by=chloe, at=RECEIVED))
    assert "Si nous avons votre téléphone ou votre e-mail" in text


def test_L232_14_an_acceptance_keeps_the_sentence_of_its_own(given):
    ticket = given("silence_acceptance")
    Topic.objects.filter(code="velo").update(
        acceptance_note="C’est provisoire.", acceptance_note_en="For now."
    )
    ticket.topic.refresh_from_db()
    assert "votre demande est acceptée. C’est provisoire." in law_of(ticket, today=AFTER.date())
