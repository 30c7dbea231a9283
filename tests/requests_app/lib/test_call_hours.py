"""When a person says they can be called."""

import pytest

from requests_app.lib.call_hours import call_hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("à joindre après 18 h", "après 18 h"),
        ("À JOINDRE APRÈS 18H30 SVP", "après 18 h 30"),
        ("après 18 heures vous pouvez me joindre", "après 18 h"),
        ("joignable à partir de 17:30", "après 17 h 30"),
        ("je suis joignable entre 9h et 12h", "entre 9 h et 12 h"),
        ("Rappelez-moi le matin", "le matin"),
        ("merci de me rappeler l’après-midi", "l’après-midi"),
        ("ne pas m’appeler avant 10h", "pas avant 10 h"),
        ("call me after 6pm please", "après 18 h"),
    ],
)
def test_the_hours_said_are_understood(text, hours):
    assert call_hours(f"Bonjour, ma demande avance-t-elle ? {text}").replace("\u00a0", " ") == hours


@pytest.mark.parametrize(
    "text",
    [
        "J’ai essayé de vous appeler après 18 h",
        "je vous ai appelé le matin",
        "rappeler au 06 12 34 56 78",
        "appelez-moi demain",
        "je suis venue après 18 h",
        "joindre le formulaire avant le 12",
        "",
    ],
)
def test_nothing_else_is(text):
    assert call_hours(text) == ""
