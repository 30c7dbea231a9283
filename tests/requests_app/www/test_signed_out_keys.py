"""Two tabs: one signs out, the other is still being typed in. Each letter comes back to its own agent."""

import pytest
from playwright.sync_api import expect

from requests_app.answers.models import Draft
from tests.browser import SAID_HERE, eventually, violations
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Bonjour Madame, votre papier est arrivé."


@pytest.fixture
def page(browse, chloe, make_ticket, amina):
    page = browse(chloe, f"/demandes/{make_ticket(person=amina).reference}/")
    page.wait_for_function(SAID_HERE)
    yield page
    page.goto("about:blank")  # it asks who is here until it is left
    # The browser writes in its console what is refused to a page whose session is over.
    refused = ("401", "403", "Failed to load")
    browse.complaints[:] = [said for said in browse.complaints if not any(word in said for word in refused)]


@pytest.fixture
def second(page, live_server):
    """Another tab of the same browser, where the session has just ended."""
    tab = page.context.new_page()
    tab.goto(f"{live_server.url}/tri/")
    tab.get_by_text("mon compte").locator("xpath=ancestor::summary").click()
    tab.get_by_role("button", name="Se déconnecter").click()
    tab.get_by_label("Identifiant").wait_for()
    return tab


def sign_in(tab, name):
    tab.get_by_label("Identifiant").fill(name)
    tab.get_by_label("Mot de passe").fill(PASSWORD)
    tab.get_by_role("button", name="Se connecter").click()


def typed(name="chloe"):
    return Draft.objects.filter(author__username=name).values_list("text", flat=True).first()


@pytest.mark.parametrize(("pane", "field"), [("answer", "#answer_text"), ("note", "#note_text")])
def test_W11_the_same_account_finds_every_letter_in_its_field(page, second, pane, field):
    page.locator(f"[data-pane={pane}]").click()
    page.locator(field).press_sequentially(WORDS)
    expect(page.get_by_label("Identifiant")).to_be_visible()
    sign_in(page, "chloe")
    expect(page.locator(field)).to_have_value(WORDS)


def test_W11_a_page_closed_at_once_keeps_the_last_letters(page, second):
    page.locator("#answer_text").press_sequentially(WORDS, delay=0)
    page.goto("about:blank")
    eventually(lambda: typed() == WORDS)


def test_W11_another_account_sees_none_of_it_and_the_first_all(page, second, david):
    address = page.url
    sign_in(second, "david")
    second.get_by_text("mon compte").first.wait_for(state="attached")
    page.locator("#answer_text").press_sequentially(WORDS)
    eventually(lambda: typed() == WORDS)
    assert typed("david") is None
    second.goto(address)
    expect(second.locator("#answer_text")).to_have_value("")
    second.context.clear_cookies()
    second.goto(address)
    sign_in(second, "chloe")
    expect(second.locator("#answer_text")).to_have_value(WORDS)


def test_W11_the_same_account_signed_in_again_elsewhere_goes_on_typing(page, second):
    sign_in(second, "chloe")
    second.get_by_role("heading", name="À trier").wait_for()
    page.locator("#answer_text").press_sequentially(WORDS)
    eventually(lambda: typed() == WORDS)
    expect(page.locator("#answer_text")).to_have_value(WORDS)


def test_W11_what_is_sent_at_once_is_offered_again(page, second):
    page.locator("[data-pane=note]").click()
    page.locator("#note_text").press_sequentially(WORDS, delay=0)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Ce que vous venez d’envoyer est gardé.")).to_be_visible()
    assert violations(page) == []
    sign_in(page, "chloe")
    expect(page.get_by_label("Votre texte")).to_have_value(WORDS)


def test_W11_what_an_older_page_sends_is_offered_again(page, second):
    sign_in(second, "chloe")
    second.get_by_role("heading", name="À trier").wait_for()
    page.locator("#answer_text").press_sequentially(WORDS, delay=0)
    page.get_by_role("button", name="Envoyer", exact=False).first.click()
    expect(page.get_by_role("heading", name="Reprendre")).to_be_visible()
    expect(page.get_by_label("Votre texte")).to_have_value(WORDS)
    assert violations(page) == []
    page.get_by_role("button", name="Envoyer maintenant").click()
    # Nobody has written from this address yet: the page asks once more, and still holds every letter.
    expect(page.get_by_text("Pour envoyer quand même, envoyez à nouveau.")).to_be_visible()
    expect(page.locator("#answer_text")).to_have_value(WORDS)
