"""A screen left alone shows nothing and loses nothing (threats: W11)."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from requests_app.accounts.services import forget_sessions
from requests_app.answers.models import Draft
from tests.cast import PASSWORD

LOCK, UNLOCK, RESUME = "/verrouiller/", "/deverrouiller/", "/reprendre/"


@pytest.fixture
def alone(client_of, chloe):
    """Chloé's screen, eleven minutes after the last gesture."""
    client = client_of(chloe)
    client.get("/espace/")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        yield client


class TestIdleScreen:
    def test_W11_is_locked_after_ten_minutes(self, alone, chloe):
        answer = alone.get("/espace/")
        assert answer.url == "/connexion/?next=/espace/"
        assert alone.get(answer.url).url == "/verrouiller/?next=%2Fespace%2F"
        page = alone.get(LOCK).content.decode()
        assert chloe.full_name in page
        assert "no-store" in alone.get(LOCK)["Cache-Control"]

    def test_W11_stays_locked_in_every_later_request(self, alone):
        alone.get("/espace/")
        with time_machine.travel(timezone.now()):
            assert alone.get("/espace/").url == "/connexion/?next=/espace/"

    def test_a_gesture_told_by_the_browser_keeps_it_open(self, client_of, chloe):
        client = client_of(chloe)
        client.get("/espace/")
        for minutes in (9, 18):
            with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
                assert client.post("/rester/").status_code == 204

    def test_a_page_that_asks_by_itself_does_not(self, client_of, chloe):
        client = client_of(chloe)
        client.get("/espace/")
        with time_machine.travel(timezone.now() + timedelta(minutes=9)):
            client.get("/espace/", headers={"X-Background": "1"})
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            assert client.post("/rester/").status_code == 403

    def test_W11_a_fragment_leads_the_whole_page_to_the_lock(self, alone):
        answer = alone.get(
            "/espace/",
            headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/tri/?vue=en-attente"},
        )
        assert answer.status_code == 204
        assert answer["HX-Redirect"] == "/connexion/?next=%2Ftri%2F%3Fvue%3Den-attente"


class TestUnlock:
    def test_opens_at_the_same_page(self, alone):
        answer = alone.post(UNLOCK, {"password": PASSWORD, "next": "/tri/"})
        assert answer.url == "/tri/"
        assert not alone.get("/espace/").url.startswith("/connexion/")

    def test_refuses_another_password(self, alone):
        answer = alone.post(UNLOCK, {"password": "faux"})
        assert "pas le bon mot de passe" in answer.content.decode()
        assert alone.get("/espace/").url == "/connexion/?next=/espace/"

    def test_another_agent_starts_afresh(self, alone, bruno):
        alone.get("/espace/")
        assert alone.post(reverse("accounts:sign_out"), {"changer": "1"}).url == "/connexion/"
        assert "locked" not in alone.session
        alone.post("/connexion/", {"username": "bruno", "password": PASSWORD})
        assert alone.session["_auth_user_id"] == str(bruno.pk)

    def test_the_button_locks_at_once_and_changes_the_cookie(self, client_of, chloe):
        client = client_of(chloe)
        before = client.session.session_key
        assert client.post(LOCK, {"next": "/tri/"}).url == "/verrouiller/?next=%2Ftri%2F"
        assert client.session.session_key != before
        assert client.get("/espace/").url == "/connexion/?next=/espace/"


class TestKeptForm:
    def test_W11_what_was_sent_while_locked_is_offered_again(self, locked_form):
        _client, page = locked_form
        assert 'action="/agents/nouveau/?de=1"' in page
        assert "Marie-Claire de la Tour" in page
        assert 'name="family_name" value="Roux"' in page
        assert "csrfmiddlewaretoken" in page
        assert page.count('value="forged"') == 0

    def test_W11_a_draft_saved_by_the_page_does_not_take_its_place(self, client_of, admin):
        client = client_of(admin)
        client.post(LOCK)
        client.post("/agents/nouveau/", {"given_name": "Ce que j’ai envoyé"})
        client.post("/tri/", {"text": "un brouillon"}, headers={"Sec-Fetch-Mode": "no-cors"})
        client.post(UNLOCK, {"password": PASSWORD})
        assert "Ce que j’ai envoyé" in client.get(RESUME).content.decode()

    def test_W11_what_was_only_typed_is_stored_and_never_offered_to_be_sent(
        self, client_of, chloe, make_ticket
    ):
        client, path = client_of(chloe), f"/demandes/{make_ticket().reference}/"
        client.post(LOCK)
        answer = client.post(f"{path}brouillon/reponse/", {"text": "Un début"}, HTTP_HX_REQUEST="true")
        assert answer["HX-Redirect"].startswith("/connexion/")
        assert b"Un d" not in answer.content
        assert Draft.objects.get().text == "Un début"
        assert client.get(path).status_code == 302
        assert client.post(UNLOCK, {"password": PASSWORD, "next": path}).url == path

    def test_W11_a_locked_screen_stores_nothing_its_agent_may_not(self, client_of, elsa, make_ticket):
        client = client_of(elsa)
        client.post(LOCK)
        path = f"/demandes/{make_ticket().reference}/brouillon/reponse/"
        assert client.post(path, {"text": "Un début"}).status_code == 302
        assert not Draft.objects.exists()

    def test_W11_what_the_page_asks_by_itself_is_not_kept(self, client_of, admin):
        client = client_of(admin)
        client.post(LOCK)
        client.post("/tri/", {"shown": "12"}, headers={"X-Background": "1"})
        assert client.post(UNLOCK, {"password": PASSWORD}).url != RESUME

    def test_is_forgotten_once_sent(self, locked_form):
        client, _page = locked_form
        client.post("/agents/nouveau/?de=1", {"more": "1"})
        assert client.get(RESUME).url == "/espace/"

    def test_may_be_given_up(self, locked_form):
        client, _page = locked_form
        client.post(reverse("accounts:discard_form"))
        assert client.get(RESUME).url == "/espace/"

    @pytest.fixture
    def locked_form(self, client_of, admin):
        client = client_of(admin)
        client.post(LOCK)
        form = {
            "given_name": "Marie-Claire de la Tour",
            "family_name": "Roux",
            "csrfmiddlewaretoken": "forged",
        }
        client.post("/agents/nouveau/?de=1", form, headers={"Referer": "http://testserver/agents/nouveau/"})
        assert client.post(UNLOCK, {"password": PASSWORD}).url == RESUME
        return client, client.get(RESUME).content.decode()


class TestOldSessions:
    def test_those_that_are_over_are_erased_the_others_stay(self, client_of, chloe):
        client_of(chloe)
        now = timezone.now()
        Session.objects.create(session_key="vieille", session_data="", expire_date=now - timedelta(hours=1))

        assert forget_sessions(at=now) == 1
        assert Session.objects.get().session_key != "vieille"
