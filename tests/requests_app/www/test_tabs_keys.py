"""Two tabs, a colleague's note, a screen that locks: what is being written is warned of, and comes back."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.answers.models import Draft
from requests_app.outbox.models import Outgoing
from requests_app.tickets.services import add_note
from tests.browser import SAID_HERE, eventually, violations
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WARNING = "[data-other-tab]"


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    ticket = make_ticket(person=amina, text=None)
    make_touchpoint(ticket, sender="amina.benali@exemple.fr", text="Où en est ma demande ?")
    return ticket


@pytest.fixture
def page(browse, chloe, asked):
    return browse(chloe, f"/demandes/{asked.reference}/")


def draft(kind="answer"):
    return Draft.objects.filter(kind=kind).values_list("text", flat=True).first()


class TestTwoTabs:
    def test_warn_each_other_until_one_is_closed(self, page):
        second = page.context.new_page()
        second.goto(page.url)
        expect(second.locator(WARNING)).to_be_visible()
        expect(page.locator(WARNING)).to_be_visible()
        assert violations(page) == []
        second.close()
        expect(page.locator(WARNING)).to_be_hidden()

    def test_another_ticket_is_no_second_tab_and_a_reload_neither(self, page, make_ticket, live_server):
        other = page.context.new_page()
        other.goto(f"{live_server.url}/demandes/{make_ticket().reference}/")
        page.reload()
        other.wait_for_timeout(300)
        expect(page.locator(WARNING)).to_be_hidden()
        expect(other.locator(WARNING)).to_be_hidden()


class TestNote:
    def test_W12_a_note_since_the_page_was_opened_stops_the_answer_once(self, page, asked, bruno, browse):
        add_note(ticket=asked, text="Elle a rappelé ce matin.", by=bruno, at=timezone.now())
        page.locator("#answer_text").fill("Voici la réponse.")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        browse.complaints.clear()  # the browser notes the answer 409 in its console
        expect(page.get_by_role("alert")).to_contain_text("note de Bruno Petit")
        expect(page.locator("#answer_text")).to_have_value("Voici la réponse.")
        assert not Outgoing.objects.filter(kind="answer").exists()
        page.locator("#answer_text").focus()
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        assert Outgoing.objects.filter(kind="answer").count() == 1


class TestLock:
    def unlock(self, page):
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Déverrouiller").click()

    def test_W11_gives_the_composer_back_as_it_was(self, page, asked):
        page.locator("#answer_text").fill("Un début de réponse")
        page.get_by_label("Autre adresse ou numéro").check()
        page.locator("#other").fill("autre@exemple.fr")
        page.get_by_role("button", name="Verrouiller").first.click()
        page.get_by_role("heading", name="Écran verrouillé").wait_for()
        assert draft() == "Un début de réponse"
        self.unlock(page)
        page.wait_for_url(f"**/demandes/{asked.reference}/**")
        expect(page.get_by_text("Envoyer maintenant")).to_have_count(0)
        expect(page.locator("#answer_text")).to_have_value("Un début de réponse")
        expect(page.locator("#other")).to_have_value("autre@exemple.fr")

    def test_W11_gives_a_note_back_on_its_own_side(self, page, asked):
        page.get_by_role("button", name="Note interne").click()
        page.keyboard.type("Une note commencée")
        page.get_by_role("button", name="Verrouiller").first.click()
        page.get_by_role("heading", name="Écran verrouillé").wait_for()
        self.unlock(page)
        page.wait_for_url(f"**/demandes/{asked.reference}/**")
        expect(page.locator("#note_text")).to_be_visible()
        expect(page.locator("#note_text")).to_have_value("Une note commencée")

    def test_W11_a_session_locked_elsewhere_keeps_the_last_words(self, page, asked):
        page.wait_for_function(SAID_HERE)
        other = page.context.new_page()
        other.goto(page.url)
        other.get_by_role("button", name="Verrouiller").first.click()
        other.get_by_role("heading", name="Écran verrouillé").wait_for()
        page.locator("#answer_text").fill("Écrit après le verrou")
        page.get_by_role("heading", name="Écran verrouillé").wait_for()
        assert draft() == "Écrit après le verrou"
        self.unlock(page)
        page.wait_for_url(f"**/demandes/{asked.reference}/**")
        expect(page.locator("#answer_text")).to_have_value("Écrit après le verrou")

    @pytest.mark.parametrize("name", ["Se déconnecter", "Changer d’agent"])
    def test_S09_leaving_keeps_what_was_typed_the_moment_before(self, page, name):
        page.get_by_text("mon compte").locator("xpath=ancestor::summary").click()
        page.evaluate("document.querySelector('#answer_text').value = 'La dernière seconde'")
        page.get_by_role("button", name=name).click()
        page.get_by_label("Identifiant").wait_for()
        eventually(lambda: draft() == "La dernière seconde")

    def test_S09_the_counter_too(self, browse, bruno):
        page = browse(bruno, "/accueil/")
        page.get_by_label("Mot pour le service").fill("Revient demain")
        page.get_by_role("button", name="Verrouiller").first.click()
        page.get_by_role("heading", name="Écran verrouillé").wait_for()
        self.unlock(page)
        expect(page.get_by_label("Mot pour le service")).to_have_value("Revient demain")
