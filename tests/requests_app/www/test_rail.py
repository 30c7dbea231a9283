"""The menu of staff pages says where one is."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/tri/", "/demandes/{}/", "/rappels-promis/", "/courriers/"])
def test_what_is_reached_from_the_triage_page_stays_under_tri(client_of, chloe, make_ticket, path):
    page = client_of(chloe).get(path.format(make_ticket().reference)).content.decode()
    (rail,) = re.findall(r'<nav class="rail".*?</nav>', page, re.DOTALL)
    (current,) = re.findall(r"<a [^>]*aria-current[^>]*>.*?</a>", rail, re.DOTALL)
    assert "Tri" in current
