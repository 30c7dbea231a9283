"""« Retour du terrain » from any page: two taps, a sentence, an answer; the author's name is theirs."""

import re
from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.feedback.models import FieldFeedback
from requests_app.maisons.opening import PARIS

NOW = datetime(2026, 11, 26, 10, 42, tzinfo=PARIS)
TELL, BOARD, MINE = "/retours/noter/", "/retours/", "/retours/les-miens/"
SENTENCE = "Le plan se ferme tout seul"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client_of():
    """Sign people in side by side, each in a browser of their own."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def chloes(client_of, chloe):
    return client_of(chloe)


@pytest.fixture
def davids(client_of, david):
    return client_of(david)


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ")
    return " ".join(plain.split())


def tell(client, **form):
    answer = client.post(TELL, {"genre": "irritant", "page": "backoffice:triage", **form})
    assert answer.status_code == 302
    return FieldFeedback.objects.latest("pk")


def decide(client, said, **form):
    return client.post(f"{BOARD}{said.pk}/suite/", {"etat": "read", "qui": "", **form})


class TestTelling:
    def test_two_taps_then_a_sentence_in_the_menu(self, chloes):
        form = {"genre": "idea", "page": "frontdesk:visit", "demande": ""}
        answer = chloes.post(TELL, form, headers={"HX-Request": "true"})
        said = FieldFeedback.objects.get()
        assert "C’est noté : Idée." in text(answer)
        answer = chloes.post(
            f"{BOARD}{said.pk}/phrase/", {"phrase": SENTENCE}, headers={"HX-Request": "true"}
        )
        assert "Merci, votre retour est noté." in text(answer)
        assert SENTENCE in text(chloes.get(MINE))

    def test_without_javascript_the_page_of_the_feedback_asks_for_the_sentence(self, chloes):
        said = tell(chloes)
        assert "Une phrase ?" in text(chloes.get(f"{BOARD}{said.pk}/"))
        answer = chloes.post(f"{BOARD}{said.pk}/phrase/", {"phrase": SENTENCE, "nom": "1"}, follow=True)
        assert SENTENCE in text(answer)

    def test_takes_the_maison_topic_and_channel_of_the_ticket_and_nothing_of_the_person(
        self, chloes, make_ticket, lyon_8
    ):
        ticket = make_ticket()
        said = tell(chloes, page="backoffice:ticket", demande=ticket.reference)
        assert (said.maison, said.topic, said.channel) == (lyon_8, ticket.topic, ticket.channel)
        stored = {str(value) for value in vars(said).values()}
        assert ticket.reference not in stored

    def test_a_reserved_ticket_or_one_out_of_the_scope_lends_nothing(self, chloes, make_ticket, villeurbanne):
        reserved, far = make_ticket(is_sensitive=True), make_ticket(maison=villeurbanne)
        for ticket in (reserved, far):
            said = tell(chloes, page="backoffice:ticket", demande=ticket.reference)
            assert (said.topic, said.channel) == (None, "")
            assert said.maison != villeurbanne
            said.delete()

    @pytest.mark.parametrize("page", ["<script>", "amina@exemple.fr", "x" * 80, "a:b:c"])
    def test_a_page_that_is_none_of_ours_is_forgotten(self, chloes, page):
        assert tell(chloes, page=page).page == ""

    def test_refuses_an_unknown_kind(self, chloes):
        assert chloes.post(TELL, {"genre": "plainte"}).status_code == 400
        assert not FieldFeedback.objects.exists()

    def test_is_taken_back(self, chloes):
        said = tell(chloes)
        answer = chloes.post(f"{BOARD}{said.pk}/reprendre/", follow=True)
        assert "personne ne le verra" in text(answer)
        assert chloes.get(f"{BOARD}{said.pk}/").status_code == 404


class TestWhoWrote:
    def test_a_hidden_author_is_on_no_page_of_the_hierarchy(
        self, chloes, client_of, david, bruno, chloe, admin
    ):
        said = tell(chloes)
        chloes.post(f"{BOARD}{said.pk}/phrase/", {"phrase": SENTENCE})
        for reader in (david, bruno, admin):
            client = client_of(reader)
            for page in (BOARD, f"{BOARD}{said.pk}/"):
                answer = client.get(page)
                shown = text(answer)
                assert SENTENCE in shown
                unchosen = re.sub(r"<option.*?</option>", "", answer.content.decode())
                assert chloe.family_name not in unchosen
                assert "10 h 42" not in shown

    def test_a_signed_one_shows_its_name(self, chloes, davids, chloe):
        said = tell(chloes)
        chloes.post(f"{BOARD}{said.pk}/phrase/", {"phrase": SENTENCE, "nom": "1"})
        assert chloe.full_name in text(davids.get(BOARD))

    def test_only_the_author_adds_to_it_or_takes_it_back(self, chloes, davids):
        said = tell(chloes)
        assert davids.post(f"{BOARD}{said.pk}/phrase/", {"phrase": "non"}).status_code == 404
        assert davids.post(f"{BOARD}{said.pk}/reprendre/").status_code == 404

    def test_another_maison_never_learns_that_it_exists(self, chloes, client_of, elsa):
        said = tell(chloes)
        assert client_of(elsa).get(f"{BOARD}{said.pk}/").status_code == 404


class TestAnswering:
    def test_the_author_is_told_and_says_that_they_read(self, chloes, davids):
        said = tell(chloes)
        answer = decide(davids, said, etat="done", reponse="Un écran de plus.")
        assert answer.status_code == 302
        assert "1 réponse nouvelle" in text(chloes.get(MINE))
        assert "réponse à vos retours" in text(chloes.get("/tri/"))
        chloes.post("/retours/les-miens/lus/")
        shown = text(chloes.get(MINE))
        assert "réponse nouvelle" not in shown
        assert "Un écran de plus." in shown

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({"etat": "not_now"}, "Dites pourquoi : l’agent le lira."),
            ({"etat": "read", "publie": "On attend."}, "Seul ce qui est fait se publie."),
            ({"etat": "done", "publie": "On attend."}, "Dites ce qui est fait"),
            ({"etat": "ailleurs"}, "Choisissez dans la liste."),
            ({"etat": "read", "qui": "999999"}, "Choisissez dans la liste."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, chloes, davids, form, sentence):
        said = tell(chloes)
        answer = davids.post(f"{BOARD}{said.pk}/suite/", {"qui": "", "publie": "", **form})
        assert answer.status_code in (302, 422)
        shown = text(davids.get(answer.url) if answer.status_code == 302 else answer)
        assert sentence in shown
        assert form.get("publie", "") in shown
        said.refresh_from_db()
        assert said.state == "new"

    def test_colleagues_read_and_do_not_decide(self, chloes, client_of, bruno):
        said = tell(chloes)
        client = client_of(bruno)
        assert "Répondre à ce retour" not in text(client.get(f"{BOARD}{said.pk}/"))
        assert decide(client, said).status_code == 404


class TestPublicPage:
    def test_says_what_was_said_and_done_in_the_words_of_who_answered(self, chloes, davids, client, lyon_8):
        said = tell(chloes)
        chloes.post(f"{BOARD}{said.pk}/phrase/", {"phrase": SENTENCE, "nom": "1"})
        public = f"/lieux/{lyon_8.code}/"
        assert "Vous avez dit" not in text(client.get(public))
        decide(davids, said, etat="done", reponse="Dix sièges de plus.", publie="On attend <b>debout</b>.")
        shown = client.get(public)
        assert "« On attend &lt;b&gt;debout&lt;/b&gt;. » Dix sièges de plus." in text(shown)
        assert SENTENCE not in text(shown)
        assert "Martin" not in text(shown)
        decide(davids, said, etat="done", reponse="Dix sièges de plus.", publie="")
        assert "Vous avez dit" not in text(client.get(public))


class TestBoard:
    def test_an_empty_week_says_how_to_begin(self, davids):
        assert "Rien cette semaine" in text(davids.get(BOARD))

    def test_P06_shows_one_kind_and_no_count_of_few_authors(self, chloes, davids):
        for kind, words in (("irritant", "Plan fermé"), ("thanks", "Merci l’équipe")):
            said = tell(chloes, genre=kind)
            chloes.post(f"{BOARD}{said.pk}/phrase/", {"phrase": words})
        page = davids.get(f"{BOARD}?genre=thanks")
        shown = text(page)
        assert "Merci l’équipe" in shown
        assert "Plan fermé" not in shown
        assert "Irritant" in shown
        assert 'class="count"' not in page.content.decode().partition("<main")[2]

    @pytest.mark.parametrize(
        "query", ["semaine=hier", "semaine=2026-11-24", "semaine=2026-12-07", "genre=x", "z=1"]
    )
    def test_refuses_what_it_does_not_know(self, davids, query):
        assert davids.get(f"{BOARD}?{query}").status_code == 400


class TestWhereAgentsBegin:
    HEADING = "Vous avez dit, nous avons fait"

    @pytest.fixture
    def homes(self, client_of, bruno, chloe, david):
        return [
            (client_of(agent), path)
            for agent, path in ((bruno, "/accueil/"), (chloe, "/tri/"), (david, "/tableau-de-bord/"))
        ]

    def test_nothing_stands_there_when_nothing_was_done(self, homes, chloes):
        tell(chloes)
        assert [self.HEADING in text(client.get(path)) for client, path in homes] == [False] * 3

    def test_three_at_most_are_said_for_the_same_statements(self, homes, chloes, davids):
        def statements(client, path):
            with CaptureQueriesContext(connection) as seen:
                client.get(path)
            return len(seen)

        def do(genre):
            said = tell(chloes, genre=genre)
            chloes.post(f"{BOARD}{said.pk}/phrase/", {"phrase": f"Phrase {genre}"})
            decide(davids, said, etat="done", reponse=f"Fait {genre}")

        do("irritant")
        for client, path in homes:
            client.get(path)
        one = [statements(client, path) for client, path in homes]
        for genre in ("idea", "incident", "thanks"):
            do(genre)
        assert [statements(client, path) for client, path in homes] == one
        for client, path in homes:
            shown = text(client.get(path))
            assert "Phrase thanks" in shown
            assert "Fait idea" in shown
            assert "Phrase irritant" not in shown
            assert "Martin" not in shown.partition(self.HEADING)[2]

    def test_another_maison_s_are_not_shown(self, chloes, davids, client_of, elsa):
        decide(davids, tell(chloes), etat="done", reponse="Dix sièges.")
        assert self.HEADING not in text(client_of(elsa).get("/tri/"))
