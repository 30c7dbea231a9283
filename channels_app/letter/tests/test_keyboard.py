"""A letter takes the keys of a visit, and its scan."""

import pytest
from playwright.sync_api import expect

from requests_app.tickets.models import Attachment, Ticket
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PDF = {"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


class TestLetter:
    def test_is_registered_with_its_scan_and_printed(self, browse, bruno, chloe):
        page = browse(bruno, "/accueil/?pour=courrier")
        page.get_by_label("Qui ?").fill("zoé blanc")  # at once: a slow machine asks between two keys
        page.get_by_role("option", name="Nouvelle personne « zoé blanc »").click()
        page.get_by_label("Pourquoi ?").fill("fonds")
        page.get_by_label("Pourquoi ?").press("Enter")
        page.get_by_label("Scan de la lettre").set_input_files([PDF, {**PDF, "name": "suite.pdf"}])
        assert violations(page) == []
        page.keyboard.press("Control+Enter")

        expect(page.get_by_role("group", name="Dernier courrier")).to_contain_text("Zoé Blanc")
        assert Attachment.objects.count() == 2
        assert Ticket.objects.get().channel == "letter"
        page = browse(chloe, "/courriers/")
        expect(page.get_by_role("checkbox", name="Zoé Blanc")).to_be_checked()
        assert violations(page) == []
        page.get_by_role("button", name="Imprimés et postés").click()
        expect(page.get_by_text("1 courrier noté comme posté.", exact=True)).to_be_visible()
