"""The follow-up page and transfer notices, for each regime and appeal, in both languages."""

import itertools
import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from requests_app.catalog.models import Appeal, Regime
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.models import State, Ticket
from tests.requests_app.tickets.test_regime_texts import BANNED, BARE_FIRST, WORDS, topic

FIRST = datetime(2026, 12, 1, 9, tzinfo=UTC)
EVERY = list(itertools.product(Regime, Appeal, (True, False), ("fr", "en")))


def ticket(about, **fields):
    return Ticket(reference="LYN-222222", topic=about, received_at=FIRST, state=State.OPEN, **fields)


@pytest.mark.parametrize(("regime", "appeal", "settled", "language"), EVERY)
def test_is_filled_and_says_only_what_is_settled(regime, appeal, settled, language):
    about, words = topic(regime, appeal, settled=settled), WORDS[language]
    with translation.override(language):
        text = law_of(ticket(about))
    for line in text.splitlines():
        assert not [word for word in BANNED if word in line], line
    assert not BARE_FIRST.search(text) or language == "en"
    is_said = settled and regime in (Regime.SILENCE_REFUSAL, Regime.SILENCE_ACCEPTANCE)
    assert ("Reçue le mardi 1er" if language == "fr" else "Received on") in text
    assert (words["no_answer"] in text) == is_said
    assert (words["refused"] in text) == (is_said and regime == Regime.SILENCE_REFUSAL)
    assert (words["accepted"] in text) == (is_said and regime == Regime.SILENCE_ACCEPTANCE)
    assert (words["two_months"] in text) <= is_said


@pytest.mark.parametrize("is_internal", [True, False])
@pytest.mark.parametrize("regime", Regime)
def test_L114_2_another_body_s_silence_is_never_ours_to_say(regime, is_internal):
    about = topic(regime, Appeal.GRACIOUS, settled=True, is_internal=is_internal, competent_body="La régie")
    text = law_of(ticket(about, transfer_body="La régie"))
    is_said = is_internal and regime in (Regime.SILENCE_REFUSAL, Regime.SILENCE_ACCEPTANCE)
    assert ("Sans réponse" in text) == is_said
    assert re.search(r"E-mail : \S+@\S+", text)
