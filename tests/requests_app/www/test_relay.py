"""Beside every telephone number stands the service by which deaf people call (law 2016-1321, article 105)."""

import re
from pathlib import Path

import pytest
from django.conf import settings as ours
from django.template.loader import render_to_string

from channels_app.sms import notices
from channels_app.sms.keywords import Order
from requests_app.lib import segments
from requests_app.tickets.letters.words import head_of
from requests_app.tickets.messages.identity import identity_of
from tests.browser import violations

ROOT = Path(ours.BASE_DIR)
RELAY = "https://relais.example/ville"
MAILS = sorted((ROOT / "templates" / "messages").glob("*.txt"))
PHONE = re.compile(r"\{\{ phone \}\}[^{]*\{% endblocktranslate %\}(.{0,40})", re.DOTALL)
PAGES = ("/", "/demande/", "/suivi/", "/lieux/P84/", "/accessibilite/", "/mentions-legales/", "/perdu/")


@pytest.fixture(autouse=True)
def relay(settings):
    settings.RELAY_URL = RELAY


@pytest.mark.parametrize("template", MAILS, ids=lambda path: path.stem)
def test_every_number_of_a_mail_or_letter_is_followed_by_it(template):
    for after in PHONE.findall(template.read_text()):
        assert after.startswith('{% include "messages/_relay.txt" %}')


def test_the_numbers_of_mails_were_found():
    assert sum(len(PHONE.findall(path.read_text())) for path in MAILS) >= 8


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_public_has_it(client, territory, path):
    page = client.get(path).content.decode()
    assert f'href="{RELAY}"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/demande/", "/suivi/", "/lieux/P84/"])
def test_it_stands_beside_the_number_and_not_at_the_foot_alone(client, territory, path):
    page = client.get(path).content.decode()
    assert "Sourd ou malentendant" in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/", "/suivi/", "/lieux/P84/"])
def test_its_words_break_on_a_telephone(browse, path):
    page = browse(None, path)
    assert page.get_by_text("Sourd ou malentendant").first.is_visible()
    assert violations(page, shapes=((360, 800), (320, 640))) == []


@pytest.mark.django_db
def test_without_a_service_nothing_is_said(client, territory, settings):
    settings.RELAY_URL = ""
    assert "langue des signes" not in client.get("/demande/").content.decode()
    assert render_to_string("messages/_relay.txt").strip() == ""


def test_a_letter_has_it_under_its_number():
    head = head_of(identity_of(None))
    assert RELAY in head[head.index(ours.AUTHORITY_PHONE) + 1]


def test_the_sms_of_help_has_it_while_one_sms_holds_it(settings):
    settings.RELAY_URL = "https://r.fr/l"
    [with_it] = [text for text in notices.samples() if "https://r.fr/l" in text]
    assert segments.measure(with_it).segments == 1
    settings.RELAY_URL = f"https://r.fr/{'l' * 80}"
    assert not [text for text in notices.samples() if "r.fr" in text]
    assert len(notices.samples()) == len(Order)
