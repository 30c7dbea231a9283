"""Sign in, be refused, leave: on a computer that several agents share."""

import pytest
from django.conf import settings
from django.urls import reverse

from requests_app.accounts.models import User
from tests.cast import PASSWORD

SIGN_IN = "/connexion/"


@pytest.fixture
def sign_in(client):
    def send(username, password=PASSWORD, **fields):
        return client.post(SIGN_IN, {"username": username, "password": password, **fields})

    return send


class TestSignIn:
    def test_shows_the_labels_people_know(self, client, db):
        page = client.get(SIGN_IN).content.decode()
        for label in ("Identifiant", "Mot de passe", "Se connecter"):
            assert f">{label}</" in page

    def test_opens_a_session_and_leads_to_work(self, sign_in, client, bruno):
        answer = sign_in(" Bruno ")
        assert answer.status_code == 302
        assert answer.url == "/espace/"
        assert client.session["_auth_user_id"] == str(bruno.pk)

    def test_W14_says_the_same_whether_the_account_exists_or_not(self, sign_in, chloe, make_agent):
        make_agent("parti", is_active=False)
        told = {
            name: sign_in(name, "faux").content.decode().replace(name, "").split("<form")[0]
            for name in ("chloe", "nemo", "parti")
        }
        assert told["chloe"] == told["nemo"] == told["parti"]
        assert "Identifiant ou mot de passe inconnu" in told["chloe"]

    def test_W14_hashes_for_an_unknown_account_too(self, sign_in, chloe, monkeypatch):
        made: list[str] = []

        def encode(self, password, salt):
            made.append(password)
            return "md5$s$h"

        hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
        monkeypatch.setattr(hasher, encode)
        sign_in("inconnu", "faux")
        assert made == ["faux"]

    def test_W14_stops_guesses_by_account_and_address_only(self, sign_in, settings, chloe, client):
        settings.AXES_ENABLED = True
        refusals = [sign_in("chloe", "faux") for _ in range(settings.AXES_FAILURE_LIMIT)]
        assert refusals[-1].status_code == 429
        assert "Attendez 15 minutes" in refusals[-1].content.decode()
        assert sign_in("chloe").status_code == 429
        elsewhere = client.post(SIGN_IN, {"username": "chloe", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
        assert elsewhere.status_code == 302

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://mal.exemple/", "//mal.exemple/", "/\\mal.exemple", "javascript:alert(1)", "http:///mal"],
    )
    def test_W10_never_leads_to_another_site(self, sign_in, chloe, elsewhere):
        assert sign_in("chloe", next=elsewhere).url == "/espace/"

    def test_W10_leads_back_to_a_page_of_ours(self, sign_in, chloe):
        assert sign_in("chloe", next="/tri/?vue=a-trier").url == "/tri/?vue=a-trier"

    def test_W15_an_identifier_is_shown_escaped(self, sign_in, db):
        page = sign_in("<script>x()</script>", "faux").content.decode()
        assert "<script>x()" not in page

    def test_the_page_is_never_kept_by_the_browser(self, client, db):
        assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


class TestSignOut:
    def test_W06_only_a_post_signs_out(self, client_of, chloe):
        client = client_of(chloe)
        assert client.get(reverse("accounts:sign_out")).status_code == 405
        assert client.post(reverse("accounts:sign_out")).url == SIGN_IN
        assert "_auth_user_id" not in client.session

    def test_W11_pages_of_agents_are_not_kept_for_back(self, client_of, chloe):
        answer = client_of(chloe).get("/espace/")
        assert "no-store" in answer["Cache-Control"]

    def test_W11_the_next_agent_is_in_within_two_requests(self, client_of, sign_in, chloe, bruno):
        page = {"Referer": "http://testserver/demandes/LYN-222222/"}
        answer = client_of(chloe).post(reverse("accounts:sign_out"), {"changer": "1"}, headers=page)
        assert answer.url == SIGN_IN  # the first agent's page is not the next one's
        assert sign_in("bruno").status_code == 302


class TestClosedAccount:
    def test_W13_the_next_request_is_refused(self, client_of, chloe):
        client = client_of(chloe)
        User.objects.filter(pk=chloe.pk).update(is_active=False)
        assert client.get("/espace/").url == f"{SIGN_IN}?next=/espace/"


class TestPlace:
    def test_changes_to_a_maison_of_the_agent(self, client_of, central, lyon_8):
        answer = client_of(central).post(
            reverse("accounts:switch_place"), {"maison": lyon_8.pk, "next": "/tri/"}
        )
        assert answer.url == "/tri/"
        central.refresh_from_db()
        assert central.current_maison == lyon_8

    @pytest.mark.parametrize("place", ["999999", "x", "-1"])
    def test_is_not_found_where_there_is_none(self, client_of, central, place):
        answer = client_of(central).post(reverse("accounts:switch_place"), {"maison": place})
        assert answer.status_code == 404

    def test_A01_another_maison_is_not_found(self, client_of, elsa, lyon_8):
        client = client_of(elsa)
        assert client.post(reverse("accounts:switch_place"), {"maison": lyon_8.pk}).status_code == 404
        elsa.refresh_from_db()
        assert elsa.current_maison != lyon_8


class TestTemporaryPassword:
    def test_must_be_changed_before_anything_else(self, client, make_agent):
        make_agent("neuve", must_change_password=True)
        client.post(SIGN_IN, {"username": "neuve", "password": PASSWORD})
        assert client.get("/espace/").url == reverse("accounts:password")
        new = "une phrase qui se retient"
        answer = client.post(reverse("accounts:password"), {"password": new, "again": new})
        assert answer.url == "/espace/"
        assert client.get("/espace/").headers.get("Location") != reverse("accounts:password")
        user = User.objects.get(username="neuve")
        assert user.check_password(new)
        assert not user.must_change_password

    @pytest.mark.parametrize(
        ("password", "again"), [("court", "court"), (PASSWORD, PASSWORD), ("une longue phrase", "une autre")]
    )
    def test_refuses_a_weak_or_mistyped_one(self, client_of, make_agent, password, again):
        agent = make_agent("neuve", must_change_password=True)
        answer = client_of(agent).post(reverse("accounts:password"), {"password": password, "again": again})
        assert answer.status_code == 200
        assert answer.content.decode().count("Erreur :") == 1
        agent.refresh_from_db()
        assert agent.must_change_password


def test_the_lock_leaves_ten_minutes():
    assert settings.LOCK_AFTER_MINUTES == 10
