"""The law's clock on a ticket, as an agent sees it: readable, in the dark and on a telephone too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.tickets.services import ask_papers
from tests.browser import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("theme", "width"), [("light", 1200), ("dark", 360)])
def test_the_clock_is_read_on_the_ticket_and_in_the_list(browse, chloe, make_ticket, theme, width):
    Topic.objects.filter(code="velo").update(regime="silence_refusal")
    now = timezone.now()
    ticket = make_ticket(topic="velo", state="open", received_at=now - timedelta(days=50), due_at=now)
    ask_papers(
        ticket=ticket,
        papers=["Bail"],
        until=timezone.localdate() + timedelta(days=9),
        by=chloe,
        at=now - timedelta(days=6),
    )
    chloe.theme = theme
    chloe.save()
    page = browse(chloe, f"/demandes/{ticket.reference}/", viewport={"width": width, "height": 900})
    drawing = page.get_by_role("img", name="En haut le délai de la loi")
    assert drawing.is_visible()
    for said in ("Délai de la loi", "Délai arrêté", "Délai annoncé"):
        assert page.locator(".lclock-key").get_by_text(said, exact=True).is_visible()
    assert page.get_by_text("notre silence vaudra refus").is_visible()
    assert page.get_by_text("Délai arrêté 15 jours.").is_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Toutes les décisions implicites à venir").click()
    page.get_by_role("link", name=ticket.reference).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
