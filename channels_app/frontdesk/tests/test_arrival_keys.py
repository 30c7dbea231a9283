"""The poster and the tablet of the entrance, in a browser; the desk sees who said they are there."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.visits import place_links
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 1024, "height": 768}
SHAPES = ((1024, 768), (320, 640))
STAY = "() => { Date.now = () => 0 }"  # on a busy machine, axe takes longer than the page waits


def test_a_person_says_they_are_there_and_the_tablet_forgets_them(
    browse, bruno, lyon_8, make_appointment, make_ticket, amina, chloe
):
    now = timezone.now()
    ticket = make_ticket(person=amina, topic="rsa-demande")
    make_appointment(ticket=ticket, agent=chloe, starts_at=now + timedelta(minutes=5))
    secret = place_links.create(purpose="arrival", maison_id=lyon_8.pk, at=now)
    tablet = browse(None, f"/arrivee/{secret}/", viewport=TABLET)
    assert violations(tablet, shapes=SHAPES) == []
    tablet.get_by_role("link", name="J’ai un rendez-vous").press("Enter")
    field = tablet.get_by_label("Votre numéro de demande")
    expect(field).to_be_focused()
    field.fill("06 39 98 12")
    tablet.evaluate("() => { const real = Date.now; Date.now = () => real() + 12000 }")
    expect(tablet.get_by_text("Touchez l’écran pour rester sur cette page.")).to_be_visible()
    tablet.evaluate("() => { const real = Date.now; Date.now = () => real() + 20000 }")
    expect(tablet.get_by_role("heading", name="Avez-vous un rendez-vous")).to_be_visible()

    tablet.get_by_role("link", name="J’ai un rendez-vous").click()
    tablet.get_by_role("button", name="Je suis là").click()
    expect(tablet.get_by_role("alert")).to_contain_text("Écrivez votre numéro")
    tablet.evaluate(STAY)
    assert violations(tablet, shapes=SHAPES) == []
    field.fill(ticket.reference)
    field.press("Enter")
    expect(tablet.get_by_role("heading", name="Merci, on vous appelle")).to_be_visible()
    tablet.evaluate(STAY)
    assert violations(tablet, shapes=SHAPES) == []

    desk = browse(bruno, "/accueil/")
    expect(desk.locator("#attendus")).to_contain_text("arrivée à")
