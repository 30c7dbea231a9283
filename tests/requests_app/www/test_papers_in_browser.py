"""Documents asked and withdrawn at the agent’s page: by keyboard, in the dark, on a telephone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import DocumentRequest
from tests.browser import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("theme", "width", "needed", "said"),
    [
        ("light", 1200, "yes", "Le délai s’arrête jusqu’au"),
        ("dark", 360, "no", "Nous continuons d’étudier votre demande."),
    ],
)
def test_L114_5_1_an_agent_asks_by_keyboard_and_the_message_says_what_it_stops(
    browse, chloe, make_ticket, amina, theme, width, needed, said
):
    Topic.objects.filter(code="velo").update(regime="silence_refusal")
    now = timezone.now()
    ticket = make_ticket(
        topic="velo", person=amina, state="open", received_at=now - timedelta(days=3), due_at=now
    )
    chloe.theme = theme
    chloe.save()
    page = browse(chloe, f"/demandes/{ticket.reference}/", viewport={"width": width, "height": 900})
    page.locator("summary", has_text="changer l’état").press("Enter")
    box = page.get_by_label("Papiers qui manquent")
    box.press_sequentially("Avis d’impôt")
    assert page.get_by_label("À envoyer au plus tard le").input_value() == str(
        timezone.localdate() + timedelta(days=15)
    )
    page.get_by_label("Sans ces papiers").select_option(needed)
    assert violations(page) == []
    page.get_by_role("button", name="Demander ces papiers").press("Enter")
    page.get_by_text("Papiers attendus au plus tard le").wait_for()
    assert page.get_by_text("Une autre administration peut nous le donner : les impôts").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert DocumentRequest.objects.get().is_indispensable is (needed == "yes")
    assert said in Outgoing.objects.get(kind="receipt").payload["text"]
    page.locator(".notice").get_by_role("button", name="Ne plus les demander").press("Enter")
    page.get_by_role("button", name="Annuler : les demander").press("Enter")
    page.get_by_text("Papiers attendus au plus tard le").wait_for()
    assert page.locator("summary", has_text="Changer le jour").is_visible()
