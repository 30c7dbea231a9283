"""A phone number is taken in any form that people type."""

import pytest

from requests_app.lib import phones

AMINA = "+33639981234"


@pytest.mark.parametrize(
    "typed",
    [
        "06 39 98 12 34",
        "06.39.98.12.34",
        "06-39-98-12-34",
        "06/39/98/12/34",
        "0639981234",
        "639981234",
        "+33 6 39 98 12 34",
        "+33 (0)6 39 98 12 34",
        "+33 06 39 98 12 34",
        "0033 6 39 98 12 34",
        "33639981234",
        "tel:+33639981234",
        "(06) 39 98 12 34",
        "n° 06 39 98 12 34",
        "06 39 98 12 34 (ma fille)",
        "06 39 98 12 34 ou 04 78 63 40 40",
        "06.39.98.12.34 / 04 78 63 40 40",
        "06 39 98 12 34, le soir",
        "０６３９９８１２３４",
        "\u200e06\u00a039\u202f98\u00a012\u00a034",
    ],
)
def test_every_form_is_the_same_number(typed):
    assert phones.e164(typed) == AMINA


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "118 218",
        "38123",
        "06 39 98 12",
        "+336 39 98 12 34 5",
        "061234567",
        "00 00 00 00 00",
        "Amina",
        "?",
    ],
)
def test_what_is_no_number_of_a_person_is_none(typed):
    assert phones.e164(typed) == ""


@pytest.mark.parametrize(
    ("typed", "value", "region"),
    [
        ("0692 12 34 56", "+262692123456", "RE"),
        ("0690 12 34 56", "+590690123456", "GP"),
        ("0639 01 23 45", "+262639012345", "YT"),
        ("06 39 98 12 34", AMINA, "FR"),
        ("0269 61 12 34", "+262269611234", "YT"),
        ("+41 79 123 45 67", "+41791234567", "CH"),
    ],
)
def test_overseas_and_abroad_have_their_own_code(typed, value, region):
    assert phones.e164(typed) == value
    assert phones.region_of(value) == region


@pytest.mark.parametrize(
    ("value", "takes"),
    [
        (AMINA, True),
        ("+33768123456", True),
        ("+33478634040", False),
        ("+33899123456", False),
        ("38123", False),
    ],
)
def test_landlines_take_no_sms(value, takes):
    assert phones.takes_sms(value) is takes
