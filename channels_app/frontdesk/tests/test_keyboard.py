"""The keyboard tasks of design/ux.md, counted key by key in a real browser."""

import re
import time

import pytest
from playwright.sync_api import expect

from requests_app.people.models import Person
from requests_app.tickets.models import Participant, Ticket
from tests.browser import violations
from tests.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browse, bruno):
    return browse(bruno, "/accueil/")


def saved(page):
    notice = page.get_by_role("group", name="Dernière visite")
    expect(notice).to_contain_text("enregistrée")
    expect(page.get_by_label("Qui ?")).to_be_focused()
    expect(page.get_by_label("Qui ?")).to_have_value("")
    return notice


def asked_again(browse):
    """The browser's console writes every 422, which here is the page asking for more."""
    assert all("422" in complaint for complaint in browse.complaints)
    browse.complaints.clear()


class TestTasks:
    def test_N1_a_known_person_takes_15_keys(self, samira, desk):
        keys = Keys(desk)
        expect(desk.get_by_label("Qui ?")).to_be_focused()

        keys.type("benali")
        keys.press("Enter")
        expect(desk.get_by_label("Pourquoi ?")).to_be_focused()
        keys.type("rsa")
        keys.press("Enter")
        keys.press("Control+Enter")

        expect(saved(desk)).to_contain_text("Samira Benali")
        assert keys.count <= 15
        assert Ticket.objects.filter(person=samira, topic__code="rsa-demande").exists()

    def test_N1_a_person_known_by_the_end_of_her_number_takes_15_keys(self, samira, desk):
        keys = Keys(desk)
        keys.type(samira.contact_points.get(kind="phone").value[-4:])
        keys.press("Enter")
        expect(desk.get_by_label("Pourquoi ?")).to_be_focused()
        keys.type("rsa")
        keys.press("Enter")
        keys.press("Control+Enter")

        expect(saved(desk)).to_contain_text("Samira Benali")
        assert keys.count <= 15

    def test_N2_a_new_person_with_a_phone_takes_40_keys(self, desk):
        keys = Keys(desk)

        keys.type("paul morel")
        keys.press("Enter")
        keys.type("rsa")
        keys.press("Enter")
        expect(desk.get_by_label("Téléphone")).to_be_visible()
        keys.press("Tab")
        keys.press("Tab")
        keys.type("0639987766")
        keys.press("Control+Enter")

        expect(saved(desk)).to_contain_text("Paul Morel")
        assert keys.count <= 40

    def test_N2_an_anonymous_person_takes_10_keys(self, desk):
        keys = Keys(desk)

        keys.type("*")
        keys.press("Enter")
        keys.type("rsa")
        keys.press("Enter")
        keys.press("Control+Enter")

        saved(desk)
        assert keys.count <= 10
        assert Ticket.objects.get().topic is not None

    def test_N4_the_queue_takes_one_key_a_step(self, desk, save):
        save()
        save()
        desk.reload()
        desk.get_by_role("heading", name="Accueil", exact=True).click()
        counter = desk.get_by_role("region", name="File d’attente")

        steps = [(" ", "A01 appelé."), ("r", "A01 appelé."), ("o", "A01 noté reçu.")]
        for key, said in [*steps, (" ", "A02 appelé."), ("x", "A02 noté absent.")]:
            with desk.expect_response(lambda answer: answer.request.method == "POST"):
                desk.keyboard.press(key)  # « appelé » may already stand there from the step before
            expect(counter).to_contain_text(said)
            expect(desk.locator(".htmx-added")).to_have_count(0)  # htmx binds what it swapped 20 ms later
        counter.get_by_role("button", name="Annuler cette étape").click()
        expect(counter.get_by_role("button", name="Reçu A02")).to_be_visible()

    def test_N5_where_a_file_stands_takes_8_keys(self, samira, desk):
        keys = Keys(desk)

        keys.type("benali")
        keys.press("Enter")

        expect(desk.get_by_text("Fonds de solidarité logement")).to_be_visible()
        assert keys.count <= 8
        assert desk.url.endswith("/accueil/")

    def test_N_comes_back_to_the_first_field_with_the_cursor(self, desk):
        desk.get_by_role("heading", name="Accueil", exact=True).click()
        desk.keyboard.press("n")

        expect(desk.get_by_label("Qui ?")).to_be_focused()
        expect(desk.get_by_label("Qui ?")).to_have_value("")

    def test_escape_leaves_an_empty_first_field_for_the_keys_of_the_switch(self, desk):
        keys = Keys(desk)
        keys.type("ben")
        keys.press("Escape", "Escape", "Escape")
        keys.press("a")
        expect(desk.get_by_role("heading", name="Nouvel appel")).to_be_visible()
        expect(desk.get_by_label("Qui ?")).to_have_value("")

    def test_N_opens_the_counter_from_another_page(self, browse, bruno):
        page = browse(bruno, "/tri/")
        page.keyboard.press("n")

        expect(page.get_by_label("Qui ?")).to_be_focused()


class TestThePage:
    def test_a_slow_line_keeps_the_choice_made_by_enter(self, samira, desk):
        def later(route):
            time.sleep(0.4)
            route.continue_()

        desk.route("**/personnes/**", later)
        desk.keyboard.type("benali")
        desk.keyboard.press("Enter")
        desk.keyboard.type("rsa")
        desk.keyboard.press("Enter")
        desk.keyboard.press("Control+Enter")

        expect(saved(desk)).to_contain_text("Samira Benali")
        assert Ticket.objects.filter(person=samira, topic__isnull=False).count() == 2

    def test_enter_takes_no_topic_that_only_the_alphabet_puts_first(self, desk):
        topic, chosen = desk.get_by_label("Pourquoi ?"), desk.locator("input[name=sujet]")
        topic.fill("facture")
        expect(desk.get_by_role("option").nth(1)).to_be_visible()
        desk.keyboard.press("Enter")
        expect(topic).to_be_focused()
        expect(chosen).to_have_value("")
        desk.keyboard.press("ArrowDown")
        desk.keyboard.press("Enter")
        expect(chosen).not_to_have_value("")

    def test_a_duplicate_is_answered_without_the_mouse(self, samira, desk, browse):
        desk.keyboard.type("samira benali 1968")
        desk.get_by_role("option", name="Nouvelle personne « samira benali »").click()
        desk.keyboard.type("rsa")
        desk.keyboard.press("Enter")
        desk.keyboard.press("Control+Enter")
        expect(desk.get_by_text("Cette personne existe peut-être déjà")).to_be_visible()
        desk.keyboard.press("Control+Enter")

        expect(saved(desk)).to_contain_text("Samira Benali")
        assert Person.objects.count() == 1
        asked_again(browse)

    def test_an_error_takes_the_focus_and_keeps_the_words(self, desk, browse):
        desk.get_by_label("Mot pour le service").fill("Vient avec sa fille")
        desk.keyboard.press("Control+Enter")

        expect(desk.get_by_role("alert").filter(has_text="Il y a un problème")).to_be_focused()
        expect(desk.get_by_label("Mot pour le service")).to_have_value("Vient avec sa fille")
        expect(desk).to_have_title(re.compile("^Erreur :"))
        asked_again(browse)

    def test_a_danger_is_said_while_typing(self, desk):
        desk.get_by_label("Pourquoi ?").fill("violences")

        expect(desk.get_by_role("alert").filter(has_text="appelez le")).to_be_visible()

    def test_the_undo_outlives_its_countdown(self, desk):
        desk.clock.install()
        desk.keyboard.type("*")
        desk.clock.run_for(200)
        desk.keyboard.press("Enter")
        desk.keyboard.type("rsa")
        desk.keyboard.press("Enter")
        desk.clock.run_for(400)
        desk.keyboard.press("Control+Enter")
        desk.clock.run_for(12_000)
        desk.get_by_role("button", name="Annuler la visite").click()
        desk.clock.run_for(400)

        expect(desk.get_by_text("Visite annulée.")).to_be_visible()
        assert not Ticket.objects.exists()

    def test_S09_a_note_typed_outlives_the_page(self, browse, bruno, desk):
        with desk.expect_response("**/garder/**"):
            desk.get_by_label("Mot pour le service").fill("Son dossier est-il arrivé ?")
        page = browse(bruno, "/accueil/")

        expect(page.get_by_label("Mot pour le service")).to_have_value("Son dossier est-il arrivé ?")
        page.get_by_role("button", name="Effacer").click()
        expect(page.get_by_label("Mot pour le service")).to_have_value("")

    def test_saves_without_javascript(self, samira, browse, bruno):
        page = browse(bruno, "/accueil/", java_script_enabled=False)
        page.get_by_label("Qui ?").fill("benali")
        page.get_by_label("Pourquoi ?").fill("Demande de RSA")
        page.get_by_role("button", name="Enregistrer").click()
        page.get_by_role("button", name="C’est cette personne : Samira Benali").click()

        expect(page.get_by_text("Visite de Samira Benali enregistrée")).to_be_visible()
        asked_again(browse)

    def test_is_usable_by_all(self, samira, desk, save):
        save(sujet="enfance-danger")
        save()
        desk.reload()
        desk.get_by_role("button", name="Appeler le suivant").click()
        expect(desk.get_by_role("button", name="Rappeler")).to_be_visible()
        desk.get_by_label("Qui ?").fill("ben ali 68")
        expect(desk.get_by_role("option", name="Samira Benali")).to_be_visible()
        assert violations(desk) == []
        desk.get_by_label("Qui ?").press("Enter")
        desk.get_by_label("Pourquoi ?").fill("fonds")
        desk.get_by_label("Pourquoi ?").press("Enter")
        expect(desk.get_by_label("Ouvrir une nouvelle demande")).to_be_visible()
        desk.get_by_text("Coordonnées et adresse").click()
        assert violations(desk) == []


class TestForAnother:
    def test_who_acts_for_the_person_is_noted_at_every_width(self, desk):
        desk.get_by_text("Coordonnées et adresse").click()
        desk.get_by_label("Nom de qui agit pour elle").fill("Mme Roux")
        desk.get_by_label("À quel titre ?").select_option(label="Travailleur social")
        desk.get_by_label("Contact de qui agit").fill("06 39 98 77 88")
        assert violations(desk) == []
        desk.get_by_label("Qui ?").fill("*")
        desk.get_by_label("Pourquoi ?").fill("Aide à domicile")
        desk.keyboard.press("Control+Enter")
        saved(desk)
        assert Participant.objects.get().name == "Mme Roux"
