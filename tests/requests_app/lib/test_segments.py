"""The number of SMS that a text makes, as the networks count it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.lib.segments import BASIC, TWICE, fold, measure

ACCENTS = "éèàùìòÇÉÄÖÑÜäöñü"


@pytest.mark.parametrize(
    ("text", "segments", "length"),
    [
        ("", 0, 0),
        ("a" * 160, 1, 160),
        ("a" * 161, 2, 161),
        ("a" * 306, 2, 306),
        ("a" * 307, 3, 307),
        ("€" * 80, 1, 160),
        ("€" * 81, 2, 162),
        ("ê" * 70, 1, 70),
        ("ê" * 71, 2, 71),
        ("ê" * 134, 2, 134),
        ("ê" * 135, 3, 135),
        ("😀" * 35, 1, 70),
        ("😀" * 36, 2, 72),
        ("e\u0301" * 160, 1, 160),  # as a Mac types it: one sign once composed
        ("a\r\n" * 80, 1, 160),
    ],
)
def test_the_limits_are_exact(text, segments, length):
    found = measure(text)
    assert (found.segments, found.length) == (segments, length)


def test_a_sign_of_two_units_is_never_cut_between_two_parts():
    assert measure("a" * 152 + "€" + "a" * 152).segments == 3
    assert measure("a" * 152 + "b" + "€" + "a" * 151).segments == 2
    assert measure("ê" * 66 + "😀" + "a" * 66).segments == 3


def test_the_accents_of_the_alphabet_cost_nothing():
    assert not measure(ACCENTS * 8).dear
    assert fold(ACCENTS) == ACCENTS


def test_the_signs_that_cost_are_named_once_in_order():
    assert measure("L’été, ça coûte… l’hiver").dear == ("’", "ç", "û", "…")


def test_one_click_makes_them_plain():
    folded = fold("« L’œuvre » — ça a l’air d’être là… 10\u202f€\u00a0!")
    assert folded == "\" L'oeuvre \" - ca a l'air d'etre là... 10 € !"
    assert not measure(folded).dear


def test_what_has_no_plain_form_is_kept_and_still_named():
    assert fold("Merci 😀") == "Merci 😀"
    assert measure(fold("Merci 😀")).dear == ("😀",)


@given(st.text(max_size=400))
def test_whatever_is_typed_is_counted_and_folding_never_adds_a_dear_sign(text):
    found, folded = measure(text), measure(fold(text))
    assert found.length <= found.room or found.segments == 0
    assert set(folded.dear) <= set(found.dear)


@given(st.text(alphabet=sorted(BASIC | TWICE), max_size=400))
def test_what_is_plain_already_is_not_changed(text):
    assert fold(text) == text.replace("\r\n", "\n")
