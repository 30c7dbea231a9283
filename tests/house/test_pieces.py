"""Each design piece holds with what its opening comment asks, and with nothing more.

The settings of tests make an undefined variable fail.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests.house.pieces import PIECES

# Parts of the shell, shown with it, and pieces that another one includes.
WITHIN = {"file", "mark", "messages", "rail", "rail_item", "topbar", "voice"}


@pytest.mark.parametrize("piece", PIECES)
def test_it_shows_its_example(piece):
    assert render_to_string(f"ui/{piece}.html", PIECES[piece]).strip()


@pytest.mark.parametrize("piece", PIECES)
def test_its_optional_values_may_be_left_out(piece):
    opening = (
        Path(settings.BASE_DIR, f"templates/ui/{piece}.html").read_text().partition("{% endcomment %}")[0]
    )
    expected = opening.partition("Optional:")[0]
    needed = {name: value for name, value in PIECES[piece].items() if re.search(rf"\b{name}\b", expected)}
    assert render_to_string(f"ui/{piece}.html", needed).strip()


@pytest.mark.parametrize("piece", PIECES)
def test_it_escapes_what_people_wrote(piece):
    attack = "<img src=x onerror=alert(1)>"
    words = {"name", "label", "text", "strong", "title", "word", "who", "topic", "place", "about", "sentence"}
    html = render_to_string(
        f"ui/{piece}.html", PIECES[piece] | dict.fromkeys(words & set(PIECES[piece]), attack)
    )
    assert "<img" not in html


def test_every_piece_has_an_example():
    files = {file.stem for file in Path(settings.BASE_DIR, "templates/ui").glob("*.html")}
    assert files - WITHIN == set(PIECES)
