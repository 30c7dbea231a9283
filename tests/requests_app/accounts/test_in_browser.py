"""Sign-in, lock, agents and quarantine in a real browser: axe, both themes, 320 px, the keyboard."""

import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.tickets.models import State
from tests.browser import SAID_HERE, violations
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stranger(browse, live_server, bruno):
    """A browser where nobody is signed in any more."""

    def open_page(path):
        page = browse(bruno, "/mot-de-passe/")
        page.context.clear_cookies()
        page.goto(live_server.url + path)
        return page

    return open_page


class TestDoor:
    def test_signs_in_by_the_keyboard_alone(self, stranger, chloe, live_server):
        page = stranger("/connexion/")
        page.get_by_label("Identifiant").focus()
        page.keyboard.type("chloe")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{live_server.url}/tri/")

    def test_W11_another_agent_is_in_within_five_seconds(self, browse, bruno, chloe, live_server):
        page = browse(bruno, "/accueil/")
        start = time.monotonic()
        page.get_by_text("mon compte").locator("xpath=ancestor::summary").click()
        page.get_by_role("button", name="Changer d’agent").click()
        page.get_by_label("Identifiant").fill("chloe")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        expect(page).to_have_url(f"{live_server.url}/tri/")
        assert time.monotonic() - start < 5

    def test_W11_back_after_sign_out_shows_nothing(self, browse, bruno):
        page = browse(bruno, "/accueil/")
        page.get_by_text("mon compte").locator("xpath=ancestor::summary").click()
        page.get_by_role("button", name="Se déconnecter").click()
        page.get_by_label("Identifiant").wait_for()
        page.go_back()
        expect(page.get_by_label("Identifiant")).to_be_visible()

    def test_W11_back_on_a_locked_screen_shows_nothing(self, browse, bruno):
        page = browse(bruno, "/accueil/")
        page.get_by_role("button", name="Verrouiller").first.click()
        page.get_by_role("heading", name="Écran verrouillé").wait_for()
        page.go_back()
        expect(page.get_by_role("heading", name="Écran verrouillé")).to_be_visible()
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Déverrouiller").click()
        expect(page.get_by_label("Qui ?")).to_be_visible()

    def test_axe_finds_nothing(self, stranger):
        page = stranger("/connexion/")
        assert violations(page) == []
        page.get_by_role("button", name="Se connecter").click()
        expect(page.get_by_text("Écrivez votre identifiant.").first).to_be_visible()
        assert violations(page) == []

    def test_axe_finds_nothing_on_the_locked_screen(self, browse, bruno):
        page = browse(bruno, "/accueil/")
        page.get_by_role("button", name="Verrouiller").first.click()
        page.get_by_role("heading", name="Écran verrouillé").wait_for()
        assert violations(page) == []

    def test_axe_finds_nothing_where_a_form_is_offered_again(self, browse, chloe, make_ticket, live_server):
        ticket = make_ticket(state=State.OPEN)
        page = browse(chloe, f"/demandes/{ticket.reference}/")
        page.wait_for_function(SAID_HERE)
        other_tab = page.context.new_page()
        other_tab.goto(f"{live_server.url}/tri/")
        other_tab.get_by_role("button", name="Verrouiller").first.click()
        other_tab.get_by_role("heading", name="Écran verrouillé").wait_for()
        page.evaluate(
            """() => { const note = document.querySelector("form[action*='/note/']");
                note.querySelector('textarea').value = 'Rappeler Mme B. demain';
                setTimeout(() => note.requestSubmit()) }"""  # it leaves once this has its answer
        )
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Déverrouiller").click()
        expect(page.get_by_label("Votre texte")).to_have_value("Rappeler Mme B. demain")
        assert violations(page) == []
        page.get_by_role("button", name="Envoyer maintenant").click()
        page.wait_for_url(f"**/demandes/{ticket.reference}/**")
        assert ticket.notes.get().text == "Rappeler Mme B. demain"


class TestAgents:
    @pytest.mark.parametrize("path", ["/agents/", "/agents/nouveau/", "/agents/{}/", "/agents/{}/depart/"])
    def test_axe_finds_nothing(self, browse, admin, chloe, path):
        assert violations(browse(admin, path.format(chloe.pk))) == []


class TestQuarantine:
    def test_axe_finds_nothing(self, browse, central, make_arrival):
        arrival = make_arrival(reason="Plus de 500 parties : le message n’est pas lu.")
        make_arrival(state="discarded", reason="Publicité", ended_at=timezone.now(), ended_by=central)
        assert violations(browse(central, "/quarantaine/")) == []
        assert violations(browse(central, f"/quarantaine/{arrival.pk}/")) == []

    def test_axe_finds_nothing_when_it_is_empty(self, browse, central):
        assert violations(browse(central, "/quarantaine/")) == []

    def test_puts_aside_and_takes_back(self, browse, central, make_arrival):
        arrival = make_arrival()
        page = browse(central, "/quarantaine/")
        page.get_by_role("link", name="Écarter…").click()
        page.get_by_label("Pourquoi l’écarter ?").fill("Publicité")
        page.get_by_role("button", name="Écarter", exact=True).click()
        page.get_by_role("button", name="Annuler").click()
        expect(page.get_by_text("1 message est de nouveau en quarantaine.")).to_be_visible()
        arrival.refresh_from_db()
        assert arrival.is_quarantined
