"""A citizen who reads English reads no French sentence, from the first page to their opinion."""

import tomllib

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from channels_app.portal.models import Draft
from channels_app.portal.tests.conftest import ANSWERS, address
from channels_app.portal.tests.test_asking import photo
from channels_app.portal.tests.test_following import secret_of
from channels_app.portal.themes import FILES, search, themes
from requests_app.maisons.models import Commune, Maison
from requests_app.tickets.models import Event, Ticket, Touchpoint
from tests.history import said_by
from tests.house.english import french_left

pytestmark = pytest.mark.django_db
PROPER = ("Métropole", "Défenseur des droits", "12 rue des Acacias", "Bonjour, où en est mon dossier ?")
STILL = (
    "/",
    "/demande/",
    "/suivi/",
    "/lieux/",
    "/lieux/?q=Villeurbanne",
    "/lieux/?ouvert=1",
    "/lieux/P84/",
    "/lieux/P60/",
    "/rendez-vous/",
    "/accessibilite/",
    "/donnees-personnelles/",
    f"/s/{'x' * 22}",
)


@pytest.fixture
def names(territory):
    rows = Maison.objects.values_list("name", "label", "address", "address_complement")
    towns = set(Commune.objects.values_list("name", flat=True))
    places = {part for row in rows for part in row if part} | towns
    return frozenset(places | {settings.AUTHORITY_NAME, *PROPER})


@pytest.fixture
def reader(db):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize("path", STILL)
def test_no_page_speaks_french(reader, names, path):
    assert french_left(reader.get(path).content.decode(), names=names) == []


def test_no_question_no_error_and_no_confirmation_speaks_french(fill, reader, names):
    client = fill(reader, vous={"besoins": ["interpreter"], "langue": "turkish"})
    client.post("/demande/message/", {"texte": "Help", "papiers": [photo()], "ajouter": "1"})
    for step in (*ANSWERS, "verifier"):
        assert french_left(client.get(address(step)).content.decode(), names=names) == [], step
        assert (
            french_left(client.post(address(step), {"moyen": "tel"}).content.decode(), names=names) == []
        ), step
    assert french_left(client.get("/demande/plus-tard/").content.decode(), names=names) == []
    page = client.get("/demande/enregistree/").content.decode()
    assert "Your request is recorded" in page
    assert french_left(page, names=names) == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": "waiting_person", "missing_papers": "Bill", "papers_until": timezone.localdate()},
        {"state": "waiting_other"},
        {"state": "closed", "outcome": "answered", "closed_at": timezone.now()},
        {"state": "closed", "outcome": "withdrawn", "closed_at": timezone.now()},
        {"is_sensitive": True},
    ],
)
def test_no_state_of_a_demand_speaks_french(make_ticket, no_limits, reader, names, fields):
    secret = secret_of(make_ticket(sender="amina@exemple.fr", due_at=timezone.now(), **fields))
    for path in (f"/suivi/{secret}/", f"/suivi/{secret}/?fait=papier", f"/avis/{secret}/"):
        assert french_left(reader.get(path).content.decode(), names=names) == [], path
    refused = reader.post(f"/suivi/{secret}/message/", {"texte": ""}, follow=True)
    assert french_left(refused.content.decode(), names=names) == []


class TestAgents:
    """What is kept for agents is French, whatever the page spoke."""

    def test_read_french_of_a_form_filled_in_english(self, fill, reader):
        client = fill(reader, contact={"moyen": "courrier", "postal": "12 rue X"})
        client.post("/demande/verifier/")
        assert "Répondre par courrier" in Touchpoint.objects.get(direction="in").text
        assert any("adresse" in step.lower() for step in Ticket.objects.get().decision.steps)

    def test_read_who_took_it_back(self, make_ticket, no_limits, reader):
        secret = secret_of(make_ticket(sender="amina@exemple.fr"))
        reader.post(f"/suivi/{secret}/retirer/")
        with translation.override("fr"):  # an agent's page
            assert said_by(Event.objects.get(kind="closed")).startswith("La personne a terminé la demande")


class TestTopics:
    def test_both_files_name_the_same_ones(self):
        read = [tomllib.loads(FILES[language].read_text())["theme"] for language in ("fr", "en")]
        french, english = ([(theme["code"], list(theme["topics"])) for theme in each] for each in read)
        assert french == english

    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("pay my electricity bill", "fsl-acces-maintien"),
            ("je ne peux plus payer mon loyer", "fsl-acces-maintien"),
            ("pregnant", "grossesse-sage-femme"),
            ("enceinte", "grossesse-sage-femme"),
            ("homeless", "hebergement-urgence"),
            ("RSA", "rsa-demande"),
            ("garbage", "proprete-dechets"),
        ],
    )
    def test_are_found_in_both_languages(self, territory, language, typed, found):
        with translation.override(language):
            assert found in [choice.code for choice in search(typed).choices]

    def test_are_named_in_the_language_of_the_page(self, territory):
        with translation.override("en"):
            labels = {choice.code: choice.label for theme in themes() for choice in theme.choices}
        assert labels["rsa-demande"] == "Apply for the RSA (minimum income)"

    @pytest.mark.parametrize(
        ("words", "number"),
        [
            ("My husband hits me", "3919"),
            ("I want to die", "3114"),
            ("I don’t want to live any more", "3114"),
            ("We are sleeping outside tonight", "115"),
            ("he HITS THE CHILDREN", "119"),
            ("He is unconscious", "15"),
        ],
    )
    def test_danger_is_understood_in_english(self, fill, reader, words, number):
        client = fill(reader)
        client.post("/demande/message/", {"texte": words})
        page = client.get("/demande/lieu/").content.decode()
        assert f"<strong>{number}</strong>" in page
        assert "notice-bad danger" in page
        assert Draft.objects.count() == 1
