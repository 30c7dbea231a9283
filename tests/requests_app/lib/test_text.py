"""Texts compared as people compare them."""

import pytest

from requests_app.lib.text import fold, plain, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Étoile, n° 8", "l etoile n 8"),
        ("  Sainte-Foy-lès-Lyon ", "sainte foy les lyon"),
        ("ŒUVRE Ægidius Straße", "oeuvre aegidius strasse"),
        ("e\u0301cole", "ecole"),
        ("\0\ud800 \u202e…", ""),
        ("", ""),
    ],
)
def test_fold_forgets_accents_case_and_punctuation(text, folded):
    assert fold(text) == folded


def test_words_and_plain_agree_with_it():
    assert words("C’est l’été") == ["c", "est", "l", "ete"]
    assert plain("Été,\nÇa") == "ete,\nca"
