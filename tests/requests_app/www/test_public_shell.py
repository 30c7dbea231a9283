"""What stands around every page that citizens read."""

import logging.config

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = ("/", "/demande/", "/suivi/", "/lieux/", "/lieux/P84/", "/accessibilite/", "/donnees-personnelles/")


@pytest.mark.parametrize("path", PAGES)
def test_each_says_who_we_are_whom_to_call_and_how_to_leave(client, territory, path):
    page = client.get(path).content.decode()
    for words in ("Quitter vite", "Accessibilité : non conforme", "tel:", "Lieux d’accueil", "English"):
        assert words in page


@pytest.mark.parametrize("path", PAGES)
def test_each_is_read_in_english_by_one_press(client, territory, path):
    answer = client.post("/langue/", {"language": "en", "next": path}, follow=True)
    page = answer.content.decode()
    assert '<html lang="en"' in page
    for words in ("Quick exit", "Accessibility: not compliant", "Français"):
        assert words in page


def test_the_language_is_all_that_is_kept(client, territory):
    answer = client.post("/langue/", {"language": "en", "next": "/lieux/"})
    assert answer.url == "/lieux/"
    assert set(answer.cookies) == {settings.LANGUAGE_COOKIE_NAME}


@pytest.mark.parametrize("path", ["https://mal.example/", "//mal.example", "javascript:alert(1)"])
def test_W10_goes_back_to_own_paths_only(client, territory, path):
    answer = client.post("/langue/", {"language": "en", "next": path})
    assert answer.url == "/"


class TestMalformedHost:
    def test_W07_is_refused_in_words_and_in_one_line(self, territory, capfd):
        logging.config.dictConfig(settings.LOGGING)
        answer = Client(raise_request_exception=False).get("/", headers={"host": "mal exemple!"})
        assert answer.status_code == 400
        assert "Nous n’avons pas compris cette adresse" in answer.content.decode()
        [line] = capfd.readouterr().err.strip().splitlines()
        assert "DisallowedHost" in line
        assert "mal exemple" not in line
