"""The panels of a danger in a real browser: while an agent types, and once it is saved (threats: N12)."""

import pytest
from playwright.sync_api import expect

from requests_app.tickets.models import Ticket
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "Elle dit que son mari la frappe. Ne pas appeler à la maison."


def test_N12_the_numbers_come_while_typing_and_stay_once_saved(browse, bruno):
    desk = browse(bruno, "/accueil/")
    desk.get_by_label("Qui ?").fill("*")
    desk.keyboard.press("Enter")
    desk.get_by_label("Pourquoi ?").fill("aide")
    desk.get_by_label("Mot pour le service").fill(SAID)
    told = desk.get_by_role("alert").filter(has_text="3919")
    expect(told).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("group", name="Dernière visite")).to_contain_text("enregistrée")
    expect(told).to_be_visible()
    assert violations(desk) == []
    assert Ticket.objects.get().is_in_danger


def test_N12_a_handler_reads_the_panel_and_sets_it_aside_by_keys(browse, bruno, chloe, client_of):
    form = {"cle": "11111111-1111-1111-1111-111111111111", "qui": "*", "personne": "anonyme"}
    client_of(bruno).post("/accueil/?pour=visite", {**form, "motif": "aide", "suite": "file", "mot": SAID})
    ticket = Ticket.objects.get()
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    panel = page.get_by_role("region", name="Un danger est dit dans cette demande")
    expect(panel).to_contain_text("3919")
    assert violations(page) == []
    panel.get_by_role("button", name="Ce n’est pas un danger").press("Enter")
    expect(page.get_by_text("La demande n’est plus marquée comme un danger.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Annuler : c’est un danger").press("Enter")
    expect(panel).to_be_visible()
    assert Ticket.objects.get().is_in_danger
