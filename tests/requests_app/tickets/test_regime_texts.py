"""Every text that leaves, for each regime and appeal, in both languages: what must be there, and must not."""

import itertools
import re
from datetime import date, datetime

import pytest

from channels_app.sms.texts import fit
from requests_app.catalog.models import Appeal, Regime, SilenceMonths, Topic
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.messages import brief
from requests_app.tickets.messages.regime_texts import examples_of
from requests_app.www.regimes.examples import texts_of

AUTHOR, COURT = "la présidence, 1 rue du Lac, 69003 Lyon", "Pôle social du tribunal judiciaire, 69003 Lyon"
FIRST = date(2026, 12, 1)  # a first of the month, a Tuesday, in another year than its legal day
FIRSTS = (FIRST, date(2026, 12, 12))  # of the second, the delay given for documents ends on a first
ATTESTATIONS = (
    "Attestation d’un accord par silence, sur papier",
    "Attestation of an acceptance by silence, on paper",
)
EVERY = list(itertools.product(Regime, Appeal, (True, False), ("fr", "en")))
# Sentences of our former texts that took a right away, and signs of a text that was not filled.
BANNED = (
    "None",
    "DatabaseDefault",
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
        "then": "Vous aurez alors",
        "runs_again": "Le délai pour contester repart pour deux mois",
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
        "then": "You will then have",
        "runs_again": "The time to appeal starts again for two months",
    },
}


def topic(regime, appeal, *, settled, **more):
    named = {"code": "essai", "label": "Aide", "appeal_to": AUTHOR, "appeal_court": COURT}
    to_validate = [] if settled else ["regime", "appeal"]
    return Topic(regime=regime, appeal=appeal, to_validate=to_validate, **{**named, **more})


def texts(about, language="fr", received=FIRST):
    """The receipts: by mail, by letter, each without and with a document to give."""
    examples = examples_of(about, received=received, language=language)
    return [each.text for each in examples if each.group == examples[0].group]


def named(about, name, language="fr", received=FIRST):
    """The texts whose French title begins so, in one language."""
    found = ours = texts_of(about, received=received, language="fr")
    if language != "fr":
        found = texts_of(about, received=received, language=language)
    titles = [each.title for each in ours]
    return [each.text for title, each in zip(titles, found, strict=True) if title.startswith(name)]


@pytest.mark.parametrize(("regime", "appeal", "settled", "language"), EVERY)
class TestEveryText:
    def test_is_filled_and_says_nothing_that_is_banned(self, regime, appeal, settled, language):
        about = topic(regime, appeal, settled=settled)
        for text in texts(about, language):
            assert "1er\u00a0décembre 2026" in text or language == "en"
        for received in FIRSTS:
            for each in texts_of(about, received=received, language=language):
                for line in each.text.splitlines():
                    assert not [word for word in BANNED if word in line], line
                assert not BARE_FIRST.search(each.text)
                assert "@" in each.text or each.title in ATTESTATIONS

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


@pytest.mark.parametrize(("regime", "appeal", "settled", "language"), EVERY)
class TestDecisions:
    def test_L412_3_a_refusal_bears_its_appeal_as_of_today(self, regime, appeal, settled, language):
        words = WORDS[language]
        for text in named(topic(regime, appeal, settled=settled), "Refus", language):
            assert "l’agent écrit les raisons" in text
            assert words["ombudsman"] in text
            assert (words["two_months"] in text) == settled
            assert (COURT in text) == settled
            assert words["compulsory"] in text or appeal in (Appeal.GRACIOUS, Appeal.IS_APPEAL) or not settled
            for later in (words["then"], words["reasons"], words["no_answer"]):
                assert later not in text
            assert text.count("Défenseur des droits peut") == 1, "the French decision says it once"

    def test_L232_4_reasons_that_were_asked_open_the_delay_again(self, regime, appeal, settled, language):
        about = topic(regime, appeal, settled=settled)
        given = named(about, "Refus, quand ses raisons", language)
        assert len(given) == (settled and regime == Regime.SILENCE_REFUSAL)
        for text in given:
            assert "Le mardi 2\u00a0février 2027, vous avez demandé les raisons" in text
            assert WORDS[language]["runs_again"] in text

    def test_L232_4_the_page_says_that_they_were_asked_and_until_when(
        self, regime, appeal, settled, language
    ):
        about = topic(regime, appeal, settled=settled)
        shown = named(about, "Ce que dit la loi, une fois", language)
        assert len(shown) == (settled and regime == Regime.SILENCE_REFUSAL)
        for text in shown:
            asked, due = ("mardi 2\u00a0février", "mardi 2\u00a0mars")
            if language == "en":
                asked, due = ("Tuesday 2\u00a0February", "Tuesday 2\u00a0March")
            assert text.index(asked) < text.index(due)
            assert WORDS[language]["reasons"] not in text

    def test_L232_3_only_a_confirmed_acceptance_is_attested(self, regime, appeal, settled, language):
        attested = named(topic(regime, appeal, settled=settled), "Attestation", language)
        assert len(attested) == (settled and regime == Regime.SILENCE_ACCEPTANCE)
        for text in attested:
            day = "lundi 1er\u00a0février 2027" if language == "fr" else "1\u00a0February 2027"
            for told in ("LYN-EXEMPLE", "L232-3", day):
                assert told in text
            assert "refus" not in text

    def test_L114_2_a_transfer_says_no_sense_of_silence(self, regime, appeal, settled, language):
        passed_on = {"competent_body": "La régie des eaux", "action": "transmettre"}
        about = topic(regime, appeal, settled=settled, **passed_on)
        [elsewhere] = named(about, "À un autre organisme", language)
        [within] = named(about, "À un autre de nos services", language)
        for text in (elsewhere, within):
            for told in ("LYN-EXEMPLE", "La régie des eaux", "04 78 63 40 40"):
                assert told in text
            for word in ("refused", "accepted", "no_answer", "two_months"):
                assert WORDS[language][word] not in text
        since = "le délai compte depuis le" if language == "fr" else "the time limit runs from"
        assert (since in elsewhere, since in within) == (True, False)


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize("appeal", Appeal)
@pytest.mark.parametrize(
    ("author", "said"),
    [
        ("le Président de la Métropole, 1 rue du Lac.", "au Président de la Métropole, 1 rue du Lac."),
        ("Les services de l’État ;", "aux services de l’État."),
        ("la MDPH,", "à la MDPH."),
    ],
)
def test_whom_to_write_to_stands_in_a_sentence_however_it_was_typed(author, said, appeal, settled):
    names = {"appeal_to": author, "appeal_court": "Tribunal de Bron."}
    about = topic(Regime.SILENCE_REFUSAL, appeal, settled=settled, **names)
    shown = texts_of(about, received=FIRST, language="fr")
    for line in itertools.chain.from_iterable(each.text.splitlines() for each in shown):
        assert not [word for word in (*BANNED, "à les ", "à Le", ".,", ";.", ",.") if word in line], line
    is_named = appeal == Appeal.MANDATORY or (settled and appeal in (Appeal.JUDICIAL, Appeal.DOCUMENTS))
    assert any(f" {said}" in each.text for each in shown) == is_named


NOTE = {
    "fr": "C’est pour un an, à renouveler.",
    "en": "It is for one year, to be renewed.",
}  # typed without end


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("settled", [True, False])
def test_an_acceptance_says_what_it_grants_of_its_own(regime, settled, language):
    notes = {"acceptance_note": NOTE["fr"][:-1], "acceptance_note_en": NOTE["en"][:-1]}
    about = topic(regime, Appeal.GRACIOUS, settled=settled, **notes)
    is_said = settled and regime == Regime.SILENCE_ACCEPTANCE
    bearing = [*texts(about, language), *named(about, "Ce que", language), *named(about, "Attest", language)]
    assert len(bearing) >= 5
    for text in bearing:
        assert text.count(f"{NOTE[language]}\n") == is_said
    for each in texts_of(about, received=FIRST, language=language):
        assert NOTE["en" if language == "fr" else "fr"] not in each.text
        assert not [word for line in each.text.splitlines() for word in BANNED if word in line]


def test_A03_of_a_sensitive_topic_nothing_names_it_and_no_notice_is_shown():
    about = topic(Regime.SILENCE_REFUSAL, Appeal.GRACIOUS, settled=True, sensitivity="enfance")
    about.label, about.competent_body = "Enfant placé", "Le juge des enfants"
    texts_shown = [each.text for each in texts_of(about, received=FIRST, language="fr")]
    for text in texts_shown:
        for word in ("Enfant placé", "juge", "Justificatif de domicile"):
            assert word not in text
    assert named(about, "À un autre") == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("due", [None, datetime(2027, 1, 1, 9, tzinfo=PARIS)])
def test_S07_an_sms_says_the_day_and_no_sense(language, due):
    received = datetime(2026, 12, 1, 9, tzinfo=PARIS)
    text = fit(
        brief.acknowledgments("LYN-222222", due, "04 78 63 40 40", received=received, language=language)
    )
    assert "01/12" in text
    assert not [word for word in BANNED if word in text]
    for word in ("refus", "accept", "accord", "silence"):
        assert word not in text.lower()


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
    mail, incomplete, letter, _letter_incomplete = texts(about, received=date(2026, 12, 31))
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
