import pytest

from requests_app.lib.thanks import is_only_thanks

NAMES = ("Amina Benali",)


@pytest.mark.parametrize(
    "text",
    [
        "Merci !",
        "MERCI beaucoup",
        "Bonjour, merci pour votre réponse. Bonne journée. Cordialement, Amina Benali",
        "Merci Chloé",
        "Merci Mme Martin, bonne soirée",
        "Ok merci",
        "Bien reçu, merci",
        "Bien noté.",
        "Je vous remercie pour votre aide",
        "Merci de votre aide",
        "Un grand merci à toute l’équipe",
        "Merci infiniment.\n\nA. Benali",
        "Thank you very much",
        "Muchas gracias",
        "👍",
        "👍🏽 🙏",
        "Parfait, merci à vous et bon week-end",
    ],
)
def test_it_only_thanks(text):
    assert is_only_thanks(text, *NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonjour",
        "ok",
        "oui merci mais quand ?",
        "Merci de me rappeler",
        "Merci rappelez-moi",
        "Merci de votre réponse",
        "Une réponse, merci",
        "De l’aide merci",
        "Merci d’avance",
        "Merci, je n’ai pas reçu les papiers",
        "Merci 06 39 98 12 34",
        "Merci urgent",
        "Merci non",
        "Merci de transmettre",
        "Merci. Je viendrai mardi avec ma fille.",
        "Thank you but when will it come",
        "😡",
        "merci " * 30,
    ],
)
def test_it_may_ask_for_something(text):
    assert not is_only_thanks(text, *NAMES)
