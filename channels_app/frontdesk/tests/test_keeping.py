"""A note typed while the session ends is kept on the server, and given back (threats: S09)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from channels_app.frontdesk.models import KeptNote
from channels_app.frontdesk.typed_notes import forget_old
from requests_app.tickets.models import Ticket

KEEP, PAGE = "/accueil/garder/?pour=appel", "/accueil/?pour=appel"
WORDS = "Elle demande si son dossier est arrivé."


@pytest.fixture
def typed():
    return {"cle": str(uuid4()), "qui": "Samira Benali", "motif": "RSA", "mot": WORDS, "suite": "transmis"}


class TestKeeping:
    def test_S09_a_call_note_outlives_its_session(self, client_of, bruno, typed):
        kept = client_of(bruno).post(KEEP, typed, headers={"HX-Request": "true"})
        assert kept.status_code == 204
        Session.objects.all().delete()

        page = client_of(bruno).get(PAGE).content.decode()
        assert WORDS in page
        assert 'value="Samira Benali"' in page
        assert "est revenu" in page

    def test_comes_back_in_its_own_place_of_the_switch(self, client_of, bruno, typed):
        client_of(bruno).post(KEEP, typed)

        assert "Nouvel appel" in client_of(bruno).get("/accueil/").content.decode()

    def test_what_a_locked_screen_kept_leads_back_to_the_form(self, client_of, bruno, typed):
        page = client_of(bruno).post(KEEP, typed, follow=True)

        assert WORDS in page.content.decode()

    def test_belongs_to_its_author(self, client_of, bruno, chloe, typed):
        client_of(bruno).post(KEEP, typed)

        assert WORDS not in client_of(chloe).get(PAGE).content.decode()

    def test_goes_once_it_is_saved(self, client_of, bruno, typed):
        client = client_of(bruno)
        client.post(KEEP, typed)
        saved = {**typed, "qui": "*", "personne": "anonyme", "sujet": "rsa-demande"}
        assert client.post(PAGE, saved).status_code == 302

        assert WORDS not in client.get(PAGE).content.decode()
        client.post(KEEP, typed)  # what was under way when it was saved
        assert not KeptNote.objects.exists()
        assert Ticket.objects.count() == 1

    def test_N05_what_is_typed_after_going_back_is_kept_too(self, client_of, bruno, typed):
        client = client_of(bruno)
        client.post(PAGE, {**typed, "qui": "*", "personne": "anonyme", "sujet": "rsa-demande"})
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            client_of(bruno).post(KEEP, {**typed, "mot": "Un mot de plus"})

        assert KeptNote.objects.get().fields["mot"] == "Un mot de plus"

    def test_is_erased_by_its_author(self, client_of, bruno, typed):
        client = client_of(bruno)
        client.post(KEEP, typed)
        client.post("/accueil/effacer/?pour=appel")

        assert not KeptNote.objects.exists()

    @pytest.mark.parametrize("fields", [{}, {"suite": "transmis"}, {"mot": "   "}])
    def test_nothing_typed_keeps_nothing(self, client_of, bruno, fields):
        client_of(bruno).post(KEEP, fields)

        assert not KeptNote.objects.exists()

    def test_W03_fields_of_no_form_are_left_out(self, client_of, bruno, typed):
        client_of(bruno).post(KEEP, {**typed, "is_staff": "on"})

        assert "is_staff" not in KeptNote.objects.get().fields

    def test_P03_is_erased_after_a_day(self, client_of, bruno, typed):
        client_of(bruno).post(KEEP, typed)
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            assert WORDS not in client_of(bruno).get(PAGE).content.decode()
            assert forget_old(at=timezone.now()) == 1
