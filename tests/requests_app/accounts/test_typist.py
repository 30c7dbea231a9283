"""A page outlives its session: what is typed or sent there reaches its agent, nobody else (threats: W11)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from requests_app.accounts.typist import token_of
from requests_app.answers.models import Draft
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(make_ticket):
    return f"/demandes/{make_ticket().reference}/"


@pytest.fixture
def strict():
    """A browser whose forms are checked, as those of agents are."""
    return Client(enforce_csrf_checks=True)


def type_in(client, path, words, token, kind="reponse", **headers):
    told = {"HX-Request": "true", "X-Typist": token, **headers}
    return client.post(f"{path}brouillon/{kind}/", {"text": words}, headers=told)


def texts():
    return dict(Draft.objects.values_list("author__username", "text"))


class TestAfterTheEnd:
    @pytest.mark.parametrize("kind", ["reponse", "note"])
    def test_W11_what_is_typed_is_stored_for_its_agent_and_not_answered(self, strict, chloe, path, kind):
        answer = type_in(strict, path, "Bonjour Madame, où", token_of(chloe), kind)
        assert texts() == {"chloe": "Bonjour Madame, où"}
        assert answer["HX-Redirect"].startswith("/connexion/")
        assert answer.content == b""

    def test_W11_a_page_that_leaves_says_it_in_its_form(self, strict, chloe, path):
        words = {"text": "Le dernier mot", "typist": token_of(chloe)}
        assert strict.post(f"{path}brouillon/reponse/", words).url.startswith("/connexion/")
        assert texts() == {"chloe": "Le dernier mot"}

    def test_W11_another_account_gets_none_of_it(self, strict, chloe, david, path):
        strict.force_login(david)
        answer = type_in(strict, path, "Pour Chloé seule", token_of(chloe))
        assert texts() == {"chloe": "Pour Chloé seule"}
        assert "HX-Redirect" in answer
        assert "Pour Chloé seule" not in strict.get(path).content.decode()

    def test_W11_the_same_account_signed_in_again_goes_on(self, strict, chloe, path):
        token = token_of(chloe)
        strict.force_login(chloe)
        assert type_in(strict, path, "Encore moi", token).status_code == 200
        assert "Encore moi" in strict.get(path).content.decode()

    def test_W11_a_lock_of_another_account_does_not_keep_it_from_its_agent(
        self, client_of, chloe, david, path
    ):
        client = client_of(david)
        client.post("/verrouiller/")
        type_in(client, path, "Avant le café", token_of(chloe))
        assert texts() == {"chloe": "Avant le café"}

    def test_W11_the_counter_finds_its_form_again(self, strict, bruno):
        sent = strict.post(
            "/accueil/garder/?pour=visite",
            {"mot": "Attend son fils", "cle": "", "typist": token_of(bruno)},
        )
        assert sent.url.startswith("/connexion/")
        strict.force_login(bruno)
        assert "Attend son fils" in strict.get("/accueil/").content.decode()


class TestSent:
    """A form sent from a page whose session was ended in another tab."""

    @pytest.fixture
    def left(self, client_of, chloe):
        client = client_of(chloe)
        client.post("/deconnexion/")
        return client

    def sign_in(self, client, name):
        return client.post("/connexion/", {"username": name, "password": PASSWORD}).url

    def test_W11_is_offered_again_to_the_same_account(self, left, path):
        assert left.post(f"{path}note/", {"text": "Rappeler Mme B."}).url.startswith("/connexion/")
        assert "Ce que vous venez d’envoyer est gardé." in left.get("/connexion/").content.decode()
        assert self.sign_in(left, "chloe") == "/reprendre/"
        assert "Rappeler Mme B." in left.get("/reprendre/").content.decode()

    def test_W11_is_dropped_for_another_account(self, left, david, path):
        left.post(f"{path}note/", {"text": "Rappeler Mme B."})
        assert self.sign_in(left, "david") != "/reprendre/"
        assert left.get("/reprendre/").status_code == 302
        assert "Rappeler" not in str(dict(left.session))

    def test_W11_of_a_browser_where_nobody_was_is_not_kept(self, client, path):
        client.post(f"{path}note/", {"text": "Inconnu"})
        assert "kept_form" not in client.session

    def test_W11_what_a_page_asks_is_not_kept(self, left, path):
        left.post(f"{path}presence/", {}, headers={"X-Background": "1"})
        left.post("/personnes/", {"q": "Benali"})
        assert "kept_form" not in left.session


class TestToken:
    def test_W11_opens_nothing(self, client, chloe, path):
        token = token_of(chloe)
        for address in (path, "/tri/", f"{path}presence/"):
            assert client.get(address, headers={"X-Typist": token}).status_code in {302, 405}
        assert client.post(f"{path}note/", {"text": "x", "typist": token}).url.startswith("/connexion/")
        assert not texts()

    @pytest.mark.parametrize(
        "spoil", [str.upper, lambda token: token[:-2], lambda token: "", lambda _t: "é:x:y"]
    )
    def test_W11_is_refused_when_it_is_not_ours(self, client, chloe, path, spoil):
        client.post(f"{path}brouillon/reponse/", {"text": "Faux", "typist": spoil(token_of(chloe))})
        assert not texts()

    def test_W11_ends_with_the_day_and_with_the_password(self, client, chloe, path):
        token = token_of(chloe)
        with time_machine.travel(timezone.now() + timedelta(hours=13)):
            type_in(client, path, "Trop tard", token)
        chloe.set_password(f"{PASSWORD}-2")
        chloe.save()
        type_in(client, path, "Ancien mot de passe", token)
        assert not texts()

    def test_W11_of_who_has_left_or_may_not_write_here_stores_nothing(self, client, chloe, elsa, path):
        type_in(client, path, "D’ailleurs", token_of(elsa))
        chloe.is_active = False
        chloe.save()
        type_in(client, path, "Partie", token_of(chloe))
        assert not texts()

    def test_A_forged_form_without_it_is_still_refused(self, strict, chloe, path):
        strict.force_login(chloe)
        assert strict.post(f"{path}brouillon/reponse/", {"text": "Forgé"}).status_code == 403
