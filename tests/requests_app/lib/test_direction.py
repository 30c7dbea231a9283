"""A name from right to left stands alone in a sentence of ours."""

import pytest

from requests_app.lib.direction import isolate


@pytest.mark.parametrize("name", ["عائشة بن علي", "שרה כהן", "Aïcha عائشة", "نور 2"])
def test_it_is_isolated(name):
    assert isolate(name) == f"\u2068{name}\u2069"


@pytest.mark.parametrize("name", ["", "Amina Benali", "Işık", "Шевченко", "李 小龙", "2 – 3"])
def test_others_are_left_as_they_are(name):
    assert isolate(name) == name
