"""How it felt, on a telephone without a script, and while an agent closes the ticket."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from channels_app.chat.tests.test_in_browser import PHONE, begin
from requests_app.feedback.models import FeltExperience
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import close
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THANKS = "Merci, c’est noté."


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.LIMITS_ON = False


def test_without_a_script_one_gesture_on_a_telephone(browse):
    page = begin(browse, java_script_enabled=False, **PHONE)
    page.get_by_text("J’ai fini", exact=True).click()
    page.get_by_role("button", name="Moyen").click()
    expect(page.get_by_text(THANKS)).to_be_visible()
    assert FeltExperience.objects.get().level == FeltExperience.Level.SO_SO


def test_a_ticket_closed_meanwhile_shows_the_faces_and_leaves_what_was_typed(browse, lyon_8, chloe):
    page = begin(browse, **PHONE)
    Ticket.objects.update(maison=lyon_8)
    page.get_by_label("Votre message").fill("Encore un mot")
    face = page.get_by_role("button", name="Bien")
    expect(face).to_be_hidden()
    close(ticket=Ticket.objects.get(), outcome="answered", by=chloe, at=timezone.now())
    expect(face).to_be_visible()
    expect(page.get_by_label("Votre message")).to_have_value("Encore un mot")
    assert violations(page) == []
    face.click()
    expect(page.get_by_text(THANKS)).to_be_visible()
    assert FeltExperience.objects.get().level == FeltExperience.Level.WELL
