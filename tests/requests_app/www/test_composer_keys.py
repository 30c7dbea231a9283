"""K2 and K5: an answer by the keyboard, and words that survive whatever happens."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Note, Ticket
from requests_app.tickets.services import take
from tests.browser import eventually, violations
from tests.requests_app.www.test_triage_keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "amina.benali@exemple.fr"
TEXT = "Bonjour {personne},\n\nNous étudions votre demande {numero}."


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina, make_model):
    make_model(name="Demande en cours d’étude", text=TEXT)
    make_model(name="Il manque un papier", text="Il manque : [à compléter : nom du papier].\nMerci.")
    ticket = make_ticket(person=amina, text=None)
    make_touchpoint(ticket, sender=ADDRESS, text="Où en est ma demande ?")
    return ticket


@pytest.fixture
def page(browse, chloe, asked):
    return browse(chloe, f"/demandes/{asked.reference}/")


def typed(page):
    return page.locator("#answer_text").input_value()


def saved(page):
    page.get_by_text("Brouillon enregistré à").first.wait_for()


class TestK2:
    def test_answers_with_a_model_in_twelve_keys(self, page, asked):
        keys = Keys(page)
        for key in ("r", "/", "d", "e", "m", "Enter"):
            keys.press(key)
        expect(page.locator("#answer_text")).not_to_have_value("")
        assert typed(page).startswith("Bonjour Amina Benali,")
        with page.expect_navigation():
            keys.press("Control+Enter")
        page.get_by_role("button", name="Annuler l’envoi").wait_for()
        assert keys.count + 1 <= 12  # Ctrl and Enter are two keys
        assert asked.reference in Outgoing.objects.get().payload["text"]

    def test_what_is_left_to_write_is_already_chosen(self, page):
        page.keyboard.press("r")
        page.keyboard.press("/")
        page.keyboard.type("papier")
        # The whole list, shown first, begins with another one: this one is chosen once the word was searched.
        page.get_by_role("option", name="Il manque un papier", selected=True).wait_for()
        page.keyboard.press("Enter")
        page.keyboard.type("une facture")
        assert typed(page) == "Il manque : une facture.\nMerci."

    def test_a_slash_inside_a_date_is_a_slash(self, page):
        page.keyboard.press("r")
        page.keyboard.type("Avant le 24/11")
        assert typed(page) == "Avant le 24/11"

    def test_the_list_opens_whole_and_escape_comes_back_to_the_text(self, page):
        page.keyboard.press("r")
        page.keyboard.press("/")
        page.get_by_role("option", name="Il manque un papier").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "answer_text"

    def test_takes_back_within_ten_seconds(self, page):
        page.keyboard.press("r")
        page.keyboard.type("Trop vite.")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        with page.expect_navigation():
            page.get_by_role("button", name="Annuler l’envoi").click()
        assert typed(page) == "Trop vite."
        assert Outgoing.objects.get().state == Outgoing.State.CANCELLED


def test_O08_what_is_said_of_a_way_waits_until_it_is_taken(page):
    warning = page.get_by_text("Cette personne n’a encore jamais écrit de ce numéro")
    expect(warning).to_be_hidden()

    page.get_by_label("SMS · 06 39 98 12 34").check(force=True)

    expect(warning).to_be_visible()


class TestK5:
    def test_a_page_left_at_once_keeps_every_letter(self, page, asked):
        page.keyboard.press("r")
        page.keyboard.type("Chaque lettre compte.")
        page.goto(page.url.replace(f"/demandes/{asked.reference}/", "/tri/"))
        eventually(Draft.objects.exists)
        assert Draft.objects.get().text == "Chaque lettre compte."

    def test_S09_a_screen_locked_while_typing_gives_the_words_back(self, page, asked):
        page.keyboard.press("r")
        page.keyboard.type("Au milieu d’une")
        saved(page)
        page.get_by_role("button", name="Verrouiller").click()
        page.get_by_label("Mot de passe", exact=True).fill("gru-demo")
        page.get_by_role("button", name="Déverrouiller").click()
        page.wait_for_url(f"**/demandes/{asked.reference}/**")
        assert typed(page) == "Au milieu d’une"

    def test_W12_a_colleague_was_quicker_and_the_words_stay(self, browse, page, asked, david):
        page.keyboard.press("r")
        page.keyboard.type("Ma réponse.")
        take(ticket=Ticket.objects.get(pk=asked.pk), by=User.objects.get(pk=david.pk), at=timezone.now())
        page.locator("#answer_text").press("Control+Enter")
        page.get_by_text("David Roux a pris la demande").first.wait_for()
        browse.complaints.clear()  # a browser notes every answer 409
        assert typed(page) == "Ma réponse."

    def test_a_note_cannot_leave_as_an_answer(self, page):
        page.get_by_role("button", name="Note interne").click()
        page.keyboard.type("Entre nous.")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        assert Note.objects.get().text == "Entre nous."
        assert not Outgoing.objects.exists()

    def test_a_file_is_kept_as_soon_as_it_is_chosen(self, page, tmp_path):
        file = tmp_path / "avis.pdf"
        file.write_bytes(b"%PDF-1.4\n%%EOF")
        page.set_input_files("#files", [str(file)])
        page.get_by_role("button", name="Retirer avis.pdf").click()
        page.get_by_role("button", name="Retirer avis.pdf").wait_for(state="detached")
        assert not Draft.objects.exists()


class TestAxe:
    def test_the_composer_has_no_violation(self, page):
        page.keyboard.press("r")
        page.keyboard.type("Bonjour")
        saved(page)
        assert violations(page) == []

    def test_nor_with_its_models_open(self, page):
        page.get_by_role("button", name="Modèles").click()
        page.get_by_role("option", name="Il manque un papier").wait_for()
        assert violations(page) == []

    def test_nor_the_note(self, page):
        page.get_by_role("button", name="Note interne").click()
        assert violations(page) == []

    @pytest.mark.parametrize("path", ["/modeles/", "/modeles/nouveau/"])
    def test_nor_the_pages_of_models(self, browse, admin, make_model, path):
        make_model()
        assert violations(browse(admin, path)) == []

    def test_without_javascript_both_forms_are_there(self, browse, chloe, asked):
        page = browse(chloe, f"/demandes/{asked.reference}/", java_script_enabled=False)
        page.locator("#answer_text").fill("Sans JavaScript.")
        page.get_by_role("button", name="Enregistrer le brouillon").click()
        assert typed(page) == "Sans JavaScript."
        page.get_by_role("button", name="Envoyer Ctrl Entrée").click()
        assert Outgoing.objects.count() == 1
