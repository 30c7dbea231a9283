"""K3: to the right Maison by the keyboard, the reason kept (design/ux.md: five keys, and one's own words)."""

import pytest
from playwright.sync_api import expect

from requests_app.tickets.models import Event
from tests.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_K3_another_maison_takes_5_keys_and_the_reason(browse, chloe, elsa, make_ticket, amina):
    ticket = make_ticket(person=amina)
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    keys = Keys(page)

    keys.press("s")
    expect(page.locator("select[name=maison]:focus")).to_be_visible()
    keys.type("v")  # a list chooses the next line that begins so; those where someone works come first
    keys.press("Tab")
    page.keyboard.type("Elle habite là")  # own words
    with page.expect_navigation():
        keys.press("Control+Enter")

    ticket.refresh_from_db()
    assert ticket.maison == elsa.current_maison
    assert "Elle habite là" in str(Event.objects.filter(ticket=ticket).values_list("data", flat=True))
    assert keys.count <= 5
