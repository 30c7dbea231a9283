"""Two keys from the triage page, and the sentence without leaving it."""

import pytest
from playwright.sync_api import expect

from requests_app.feedback.models import FieldFeedback
from tests.browser import eventually, violations

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_keys_say_it_and_the_page_stays(browse, chloe, live_server, make_ticket):
    page = browse(chloe, f"/demandes/{make_ticket().reference}/")
    page.keyboard.press("!")
    page.keyboard.press("3")
    eventually(lambda: FieldFeedback.objects.filter(kind="idea", page="backoffice:ticket").exists())
    words = page.get_by_label("Une phrase ?")
    expect(words).to_be_focused()
    words.press_sequentially("Un bouton ! pour tout")
    page.get_by_label("Montrer mon nom").press("Space")
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    expect(page.get_by_text("Merci, votre retour est noté.")).to_be_visible()
    said = FieldFeedback.objects.get()
    assert (said.sentence, said.is_signed) == ("Un bouton ! pour tout", True)
    page.get_by_role("link", name="Voir ce retour").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Idée")
    assert violations(page) == []


def test_the_board_and_the_answer(browse, chloe, david, live_server):
    page = browse(chloe, "/tri/")
    page.keyboard.press("!")
    page.keyboard.press("1")
    expect(page.get_by_label("Une phrase ?")).to_be_focused()
    page.keyboard.press("Escape")
    page = browse(david, "/retours/")
    assert violations(page) == []
    page.get_by_role("link", name="Sans phrase").click()
    page.get_by_label("Où en est-on").select_option("done")
    page.get_by_label("Ce que nous faisons").fill("Un écran de plus.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("C’est enregistré, l’auteur le saura.")).to_be_visible()
    assert violations(page) == []
