"""« de » before a vowel, in French."""

import pytest
from django.utils import translation

from requests_app.lib.french import elide


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Visite de Awa enregistrée", "Visite d’Awa enregistrée"),
        ("Appel de Élodie noté", "Appel d’Élodie noté"),
        ("De Oullins vers Bron", "D’Oullins vers Bron"),
        ("la fiche de Hélène avec celle de Yves", "la fiche d’Hélène avec celle d’Yves"),
        ("Appel de Hassan noté", "Appel de Hassan noté"),
        ("Visite de Yasmine", "Visite de Yasmine"),
        ("Appel de 06 39 98 12 34 noté", "Appel de 06 39 98 12 34 noté"),
        ("une aide de onze mois", "une aide de onze mois"),
        ("une demande écrite", "une demande écrite"),
        ("", ""),
    ],
)
def test_de_loses_its_vowel_before_another_one(sentence, said):
    assert elide(sentence) == said


def test_other_languages_keep_their_words():
    with translation.override("en"):
        assert elide("Visit de Awa") == "Visit de Awa"
