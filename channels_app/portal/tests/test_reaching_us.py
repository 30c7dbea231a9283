"""A human is one tap away on every page that a citizen may see (B5), also when nothing else works."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from tests.walk import pages_among, public_addresses

pytestmark = pytest.mark.django_db
OF_STAFF = {"/connexion/", "/admin/login/"}
PHONE = "".join(sign for sign in settings.AUTHORITY_PHONE if sign.isdigit())


def test_B5_every_public_page_calls_in_one_tap_and_says_the_hours(stage, no_limits):
    client = Client()
    pages = [each for each in pages_among(public_addresses(stage), client) if each not in OF_STAFF]
    assert len(pages) >= 14
    for address in pages:
        answer = client.get(address)
        page = answer.content.decode()
        assert f'href="tel:{PHONE}"' in page, address
        assert "sprite-staff" not in page, address  # B1: a telephone loads its own icons only
        assert answer.status_code == 404 or "Quitter vite" in page, address


def test_B5_so_does_an_address_that_leads_nowhere(client, db):
    for address in ("/nulle-part/", "/demande/nulle-part/", "/suivi/x/", "/lieux/NULLE/"):
        page = client.get(address)
        assert page.status_code == 404
        assert f'href="tel:{PHONE}"' in page.content.decode(), address


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "404.html", "500.html"])
def test_B5_so_do_the_pages_of_what_goes_wrong(name):
    assert f'href="tel:{PHONE}"' in render_to_string(name)
