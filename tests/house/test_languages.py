"""Whoever reads English reads every page in English."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests.house.english import MAIL

FRENCH = re.compile(r"\b(vous|votre|demande|écrivez|choisissez|lieux|aucun|enregistrer)\b", re.IGNORECASE)


@pytest.fixture
def in_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def words_of(page):
    """What a page says, without its scripts, styles and tags."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", page, flags=re.DOTALL)
    return MAIL.sub(" ", re.sub(r"<[^>]+>", " ", text))  # an address is no sentence


def test_the_catalogue_is_compiled_and_found():
    with translation.override("en"):
        assert gettext("Écran verrouillé") == "Screen locked"
        assert ngettext("%(n)s lieu", "%(n)s lieux", 2) == "%(n)s places"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/lieux/", "/accessibilite/", "/donnees-personnelles/", "/connexion/"])
def test_a_public_page_has_no_french_sentence_left(in_english, territory, path):
    page = in_english.get(path).content.decode()
    assert '<html lang="en"' in page
    assert FRENCH.findall(words_of(page).replace("Maison de la Métropole", "")) == []
