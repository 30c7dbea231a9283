"""The page where a jurist reads, tries and confirms the regime of a topic."""

import re

import pytest

from requests_app.catalog.models import RegimeChange, Topic
from tests.markup import compact, one_line

pytestmark = pytest.mark.usefixtures("territory")
PAGE = "/regimes/apa-domicile/"
SENT = {
    "last": "0",
    "regime": "silence_acceptance",
    "silence_months": "2",
    "from_complete_file": "on",
    "appeal": "gracious",
    "appeal_to": "",
    "appeal_court": "",
    "regime_source": "CASF, art. R232-23",
}


def text_of(answer):
    return one_line(answer.content.decode())


class TestList:
    def test_shows_first_what_waits(self, client_of, jurist):
        page = text_of(client_of(jurist).get("/regimes/"))
        waiting, others = page.split("Autres sujets")[0], page.split("Autres sujets")[-1]
        for code in ("apa-domicile", "agrement-assmat", "domiciliation", "rsa-demande"):
            assert f"/regimes/{code}/" in waiting
        assert "/regimes/voirie/" in others
        assert "Sens et délai à valider" in waiting
        assert "Sens et délai à valider" not in others

    def test_costs_the_same_for_one_as_for_all(self, client_of, jurist, django_assert_max_num_queries):
        Topic.objects.exclude(code="velo").update(is_active=False)
        desk = client_of(jurist)
        desk.get("/regimes/")
        with django_assert_max_num_queries(12) as few:
            desk.get("/regimes/")
        Topic.objects.update(is_active=True)
        with django_assert_max_num_queries(len(few)):
            desk.get("/regimes/")

    def test_a_jurist_lands_there_and_reads_no_ticket(self, client_of, jurist, make_ticket):
        assert client_of(jurist).get("/espace/").url == "/regimes/"
        assert client_of(jurist).get("/tri/").status_code == 403
        assert client_of(jurist).get(f"/demandes/{make_ticket().reference}/").status_code == 404


class TestOne:
    def test_confirms_and_says_who_and_when(self, client_of, jurist):
        desk = client_of(jurist)
        answer = desk.post(PAGE, SENT | {"validated": ["regime", "appeal"]})
        assert answer.status_code == 302
        topic = Topic.objects.get(code="apa-domicile")
        assert (topic.settled_regime, topic.parts_to_validate) == ("silence_acceptance", [])
        page = text_of(desk.get(PAGE))
        assert "Jeanne Faure, le" in page
        assert "votre demande est acceptée" in page
        assert "your request is accepted" in page
        assert "validé (CASF, art. R232-23)" in page

    def test_shows_the_texts_without_saving(self, client_of, jurist):
        tried = SENT | {"regime": "silence_refusal", "validated": ["regime", "appeal"], "preview": "1"}
        page = text_of(client_of(jurist).post(PAGE, tried))
        assert "votre demande est refusée" in page
        assert "pas encore enregistré" in page
        assert not RegimeChange.objects.exists()
        assert Topic.objects.get(code="apa-domicile").regime == "silence_acceptance"

    def test_tries_a_sentence_of_its_own_on_one_line_in_both_languages(self, client_of, jurist):
        notes = {"acceptance_note": "Pour\r\nun an <b>.", "acceptance_note_en": "For a year."}
        sent = SENT | notes | {"validated": ["regime", "appeal"]}
        desk = client_of(jurist)
        page = text_of(desk.post(PAGE, sent | {"preview": "1"}))
        assert "votre demande est acceptée. Pour un an &lt;b&gt;." in page
        assert "your request is accepted. For a year." in page
        assert desk.post(PAGE, sent | {"acceptance_note": "a" * 301}).status_code == 422
        desk.post(PAGE, sent)
        assert Topic.objects.get(code="apa-domicile").settled_note("fr") == "Pour un an <b>."

    def test_shows_every_text_that_the_regime_changes(self, client_of, jurist):
        Topic.objects.filter(code="velo").update(
            regime="silence_acceptance", appeal="gracious", to_validate=[]
        )
        page = text_of(client_of(jurist).get("/regimes/velo/"))
        titles = ["Accusé de réception", "Page de suivi", "Décision", "Transmission"]
        assert re.findall(r"<h3[^>]*>([^<]+)</h3>", compact(page).split("</main>")[0]) == titles
        for told in (
            "Voici l’accusé de réception complet",
            "Nous avons bien reçu votre demande. Voici son accusé",
            "Nous attestons que votre demande",
            "We attest that your request",
            "Vous avez deux mois pour contester cette décision",
            "You have two months to contest this decision",
            "Nous avons transmis votre demande",
            "Nous avons confié votre demande",
        ):
            assert told in page

    def test_A03_no_notice_of_a_sensitive_topic_is_shown(self, client_of, jurist):
        page = text_of(client_of(jurist).get("/regimes/enfance-danger/"))
        assert "Accusé de réception" in page
        assert "Transmission</h3>" not in compact(page)

    def test_until_then_says_nothing_certain(self, client_of, jurist):
        page = text_of(client_of(jurist).get(PAGE))
        for word in ("est refusée", "est acceptée", "is refused"):
            assert word not in page

    def test_a_refusal_keeps_what_was_typed(self, client_of, jurist):
        answer = client_of(jurist).post(
            PAGE, SENT | {"regime_source": "", "appeal_to": "Mme la Présidente", "validated": ["regime"]}
        )
        page = text_of(answer)
        assert answer.status_code == 422
        assert "Écrivez le texte de loi" in page
        assert "Mme la Présidente" in page

    @pytest.mark.parametrize(
        "sent", [{"regime": "x"}, {"silence_months": "5"}, {"validated": ["all"]}, {"last": ""}]
    )
    def test_W03_what_is_not_offered_is_refused(self, client_of, jurist, sent):
        assert client_of(jurist).post(PAGE, SENT | sent).status_code == 422
        assert not RegimeChange.objects.exists()

    def test_A09_an_administrator_is_offered_no_validation(self, client_of, admin):
        desk = client_of(admin)
        assert "Je valide" not in text_of(desk.get(PAGE))
        desk.post(PAGE, SENT | {"validated": ["regime", "appeal"]})
        assert Topic.objects.get(code="apa-domicile").parts_to_validate == ["regime", "appeal"]

    def test_an_unknown_topic_is_not_found(self, client_of, jurist):
        assert client_of(jurist).get("/regimes/rien/").status_code == 404
