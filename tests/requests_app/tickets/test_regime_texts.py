"""Every text that leaves, for each regime and appeal, in both languages: what must be there, and must not."""

import itertools
import re
from datetime import date

import pytest

from requests_app.catalog.models import Appeal, Regime, SilenceMonths, Topic
from requests_app.tickets.messages.regime_texts import examples_of

AUTHOR, COURT = "la présidence, 1 rue du Lac, 69003 Lyon", "Pôle social du tribunal judiciaire, 69003 Lyon"
FIRST = date(2026, 12, 1)  # a first of the month, a Tuesday, in another year than its legal day
EVERY = list(itertools.product(Regime, Appeal, (True, False), ("fr", "en")))
# Sentences of our former texts that took a right away, and signs of a text that was not filled.
BANNED = (
    "None",
    "{{",
    "}}",
    "%(",
    "tant que nous attendons",
    "Contactez-le",
    "  ",
    "à le ",
    "de le ",
    " ,",
    "..",
)
BARE_FIRST = re.compile(r"\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) 1\b")
WORDS = {
    "fr": {
        "refused": "est refusée",
        "accepted": "est acceptée",
        "no_answer": "Sans réponse de notre part",
        "attestation": "L232-3",
        "ombudsman": "Défenseur des droits",
        "reasons": "Vous pouvez demander pourquoi",
        "compulsory": "C’est obligatoire",
        "again": "N’écrivez pas une nouvelle fois au service",
        "free": "saisir tout de suite le tribunal",
        "two_months": "deux mois",
    },
    "en": {
        "refused": "is refused",
        "accepted": "is accepted",
        "no_answer": "Without an answer from us",
        "attestation": "L232-3",
        "ombudsman": "Défenseur des droits",
        "reasons": "You may ask why",
        "compulsory": "This is compulsory",
        "again": "Do not write to the service again",
        "free": "go to the court at once",
        "two_months": "two months",
    },
}


def topic(regime, appeal, *, settled, **more):
    return Topic(
        code="essai",
        label="Aide",
        regime=regime,
        appeal=appeal,
        appeal_to=AUTHOR,
        appeal_court=COURT,
        to_validate=[] if settled else ["regime", "appeal"],
        **more,
    )


def texts(about, language="fr", received=FIRST):
    return [each.text for each in examples_of(about, received=received, language=language)]


@pytest.mark.parametrize(("regime", "appeal", "settled", "language"), EVERY)
class TestEveryText:
    def test_is_filled_and_says_nothing_that_is_banned(self, regime, appeal, settled, language):
        for text in texts(topic(regime, appeal, settled=settled), language):
            for line in text.splitlines():
                assert not [word for word in BANNED if word in line], line
            assert not BARE_FIRST.search(text)
            assert "1er\u00a0décembre 2026" in text or language == "en"

    def test_R112_5_bears_reception_service_and_only_what_is_settled(self, regime, appeal, settled, language):
        words = WORDS[language]
        is_said = settled and regime in (Regime.SILENCE_REFUSAL, Regime.SILENCE_ACCEPTANCE)
        for text in texts(topic(regime, appeal, settled=settled), language):
            assert ("Reçue le" if language == "fr" else "Received on") in text
            assert "04 78 63 40 40" in text
            assert (words["no_answer"] in text) == is_said
            assert (words["refused"] in text) == (is_said and regime == Regime.SILENCE_REFUSAL)
            assert (words["accepted"] in text) == (is_said and regime == Regime.SILENCE_ACCEPTANCE)
            assert (words["attestation"] in text) == (is_said and regime == Regime.SILENCE_ACCEPTANCE)
            if not is_said:
                assert words["two_months"] not in text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("appeal", Appeal)
def test_L412_3_a_refusal_says_its_own_appeal(appeal, language):
    words = WORDS[language]
    for text in texts(topic(Regime.SILENCE_REFUSAL, appeal, settled=True), language):
        is_compulsory = appeal in (Appeal.MANDATORY, Appeal.JUDICIAL, Appeal.DOCUMENTS)
        assert (words["compulsory"] in text) == is_compulsory
        assert (AUTHOR in text) == is_compulsory
        assert (words["again"] in text) == (appeal == Appeal.IS_APPEAL)
        assert (words["free"] in text) == (appeal == Appeal.GRACIOUS)
        assert (COURT in text, words["ombudsman"] in text, words["reasons"] in text) == (True, True, True)
        assert ("telerecours" in text) == (appeal != Appeal.JUDICIAL)


@pytest.mark.parametrize("months", SilenceMonths.values)
@pytest.mark.parametrize("regime", [Regime.SILENCE_REFUSAL, Regime.SILENCE_ACCEPTANCE])
def test_each_delay_is_said_by_its_day_or_its_months(months, regime):
    about = topic(regime, Appeal.GRACIOUS, settled=True, silence_months=months)
    mail, incomplete, letter = texts(about, received=date(2026, 12, 31))
    day = {
        1: "31\u00a0janvier",
        2: "28\u00a0février",
        3: "31\u00a0mars",
        4: "30\u00a0avril",
        9: "30\u00a0septembre",
    }
    for text in (mail, letter):
        assert f"{day[months]} 2027" in text
    if regime == Regime.SILENCE_ACCEPTANCE:
        assert f"{SilenceMonths(months).label} après l’arrivée de tous vos papiers" in incomplete
    else:
        assert "au plus tard, votre demande est refusée" in incomplete
        assert "Après le mercredi 20\u00a0janvier 2027, il repart, même s’il manque un papier." in incomplete


def test_L114_3_a_refusal_counted_from_the_complete_file_says_no_day_while_incomplete():
    about = topic(Regime.SILENCE_REFUSAL, Appeal.GRACIOUS, settled=True, from_complete_file=True)
    assert "deux mois après l’arrivée de tous vos papiers, votre demande est refusée." in texts(about)[1]
