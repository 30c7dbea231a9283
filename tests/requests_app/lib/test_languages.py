"""The language of a text is said by its small words, and not said when they are too few."""

import pytest
from django.utils.translation import get_language

from requests_app.lib.languages import language_of, speaking


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello, I need help to pay my rent.", "en"),
        ("Dear Sir or Madam, my electricity was cut off. What can I do?", "en"),
        ("hi i can not come on tuesday can you call me", "en"),
        ("I have a question about my RSA and my FSL, demande de logement", "en"),
        ("Bonjour, je n’arrive plus à payer mon loyer.", "fr"),
        ("bjr jai pas recu mon rsa ce mois ci pouvez vous maider svp", "fr"),
        ("J’AI BESOIN D’UNE AIDE POUR MES ENFANTS", "fr"),
        ("Bonjour, mon fils a un problème avec le cheque energie, thank you", "fr"),
        ("Merci", ""),
        ("OK", ""),
        ("06 39 98 12 34", ""),
        ("", ""),
        ("Amina Benali, Villeurbanne", ""),
        ("Necesito ayuda para pagar la luz, por favor", ""),
        ("Мені потрібна допомога", ""),
        ("أحتاج إلى مساعدة", ""),
        ("Rendez-vous pour vous\nأريد موعدا مع المساعدة الاجتماعية (RSA) يوم 5 ديسمبر", ""),
        ("Votre demande\nМені потрібна допомога з житлом", ""),
        ("Bonjour, je m’appelle Олена et j’ai besoin de vous", "fr"),
    ],
)
def test_language_of(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(("language", "spoken"), [("en", "en"), ("fr", "fr"), ("", "fr"), ("ar", "fr")])
def test_speaks_only_ours(language, spoken):
    with speaking(language):
        assert get_language() == spoken
