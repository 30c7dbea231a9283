"""What reads the words of strangers takes twice the time for twice the words (threats: N02, M19)."""

import pytest

from channels_app.mail.parsing import understand
from requests_app.lib.html import clean_html, html_to_text
from tests import pump
from tests.pump import Shape

SIZES = (64 * 1024, 128 * 1024, 256 * 1024)
MAX_S = 4.0  # of CPU, for a quarter of a megabyte made to hurt
BOUNCE = "From: MAILER-DAEMON@a.example\nSubject: Undelivered\nReturn-Path: <>\n\n"
PLAIN = "From: a@example.org\nSubject: Bonjour\nMessage-ID: <1@a>\n\nBonjour\n"
BODIES = (
    "\n",
    " \n",
    ". ",
    "> \n",
    ">\n\n",
    "> \n!!\n",
    "@",
    "a@a.",
    "De : a\n",
    "-----\n",
    "-Amina\n\n\n\n\n\n\n",
)
MARKUP = ("<b>", "<div>", "<", "<!--", "<style ", "<a href='", "&", "&amp", "<td><table>", "<a b=")


def read_mail(text: str) -> object:
    return understand(text.encode())


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("head", [PLAIN, BOUNCE], ids=["mail", "bounce"])
def test_N02_a_body_costs_what_it_weighs(head, body):
    assert told(read_mail, Shape(head, body, "\n\x01")) is None


def test_N02_725_bytes_of_blank_lines_in_a_notice_cost_nothing():
    assert pump.cpu(read_mail, Shape(BOUNCE, "\n", "x").of(725), tries=3) < 0.05


@pytest.mark.parametrize("body", MARKUP)
@pytest.mark.parametrize("call", [clean_html, html_to_text], ids=["clean", "text"])
def test_N02_pages_are_cleaned_in_proportion(call, body):
    assert told(call, Shape("", body, "x")) is None


def told(call: pump.Measure, shape: Shape) -> pump.Slow | None:
    """What grows too fast; the largest alone clears most."""
    if pump.cpu(call, shape.of(SIZES[-1])) < 0.2:
        return None
    return pump.grows(call, shape, sizes=SIZES, max_s=MAX_S)
