"""One-word answers find the room that understands them."""

import pytest
from django.utils import timezone

from requests_app.lib import short_words
from requests_app.lib.short_words import Meaning, register, understand

NOW, NUMBER = timezone.now(), "+33639981234"


@pytest.fixture(autouse=True)
def no_room():
    with short_words.HANDLERS.isolate(empty=True), short_words.DOUBTS.isolate(empty=True):
        yield


def yes(number, word, at):
    return Meaning("LYN-7K4P2Q", word)


@pytest.mark.parametrize("typed", ["OUI", "oui", " Oui ! ", "O.U.I", "oui 🙏", "Ôui"])
def test_in_any_case_with_signs_and_spaces(typed):
    register(["Oui"], yes)
    assert understand(NUMBER, typed, NOW) == Meaning("LYN-7K4P2Q", "OUI")


@pytest.mark.parametrize("typed", ["oui mais pas mardi", "", "oui" * 20])
def test_only_the_whole_message_is_a_word(typed):
    register(["OUI"], yes)
    assert understand(NUMBER, typed, NOW) is None


def test_the_next_room_is_asked_when_the_first_says_nothing():
    register(["ANNULER"], lambda *_: None)
    register(["ANNULER"], yes)
    assert understand(NUMBER, "Annuler", NOW).reference == "LYN-7K4P2Q"
