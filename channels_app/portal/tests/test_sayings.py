"""The form finds a topic as people say it, whatever the language of the page."""

import tomllib

import pytest
from django.utils import translation

from channels_app.portal.themes import search
from requests_app.catalog.models import Topic
from requests_app.catalog.sayings import FILE

pytestmark = pytest.mark.usefixtures("territory")
SAID = [
    ("mon mari me frappe", "violences-conjugales"),
    ("il m'a tapée", "violences-conjugales"),
    ("My husband hits me", "violences-conjugales"),
    ("je dors dehors", "hebergement-urgence"),
    ("on est à la rue avec les enfants", "hebergement-urgence"),
    ("I sleep in my car", "hebergement-urgence"),
    ("j’ai faim", "aide-urgence"),
    ("we are hungry", "aide-urgence"),
    ("chauffage coupé", "fsl-acces-maintien"),
    ("they cut off my heating", "fsl-acces-maintien"),
    ("divorce", "rdv-assistante-sociale"),
    ("je veux divorcer", "rdv-assistante-sociale"),
    ("I want a divorce", "rdv-assistante-sociale"),
    ("APA pour ma mère", "apa-domicile"),
    ("apa", "apa-domicile"),
    ("APA for my mother", "apa-domicile"),
    ("ma mère ne peut plus rester seule", "apa-domicile"),
    ("mon fils est autiste", "enfant-handicap"),
    ("je suis enceinte", "grossesse-sage-femme"),
    ("facture de gaz", "fsl-acces-maintien"),
    ("rsa coupé", "rsa-recours"),
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("typed", "code"), SAID)
def test_what_is_said_finds_its_topic_first(typed, code, language):
    with translation.override(language):
        assert next(choice.code for choice in search(typed).choices) == code


def test_words_of_three_letters_count_and_small_words_do_not():
    assert "eau-assainissement" in [choice.code for choice in search("une question sur mon eau").choices]
    assert search("les mon des une pour avec").choices == []


def test_a_search_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        search("je dors dehors")


def test_every_saying_is_of_a_topic_that_there_is():
    written = tomllib.loads(FILE.read_text("utf-8"))
    assert set(written) <= set(Topic.objects.active().values_list("code", flat=True))
    assert all(languages["fr"] and languages["en"] for languages in written.values())
