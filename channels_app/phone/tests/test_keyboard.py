"""A call takes the keys of a visit (design/ux.md, N1 and N2), counted in a real browser."""

import pytest
from playwright.sync_api import expect

from requests_app.tickets.models import Ticket, ToDo
from tests.browser import violations
from tests.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browse, bruno):
    return browse(bruno, "/accueil/?pour=appel")


def saved(page):
    notice = page.get_by_role("group", name="Dernier appel")
    expect(notice).to_contain_text("noté")
    expect(page.get_by_label("Qui ?")).to_be_focused()
    expect(page.get_by_label("Qui ?")).to_have_value("")
    return notice


class TestTasks:
    def test_N1_a_known_person_takes_15_keys(self, samira, desk):
        keys = Keys(desk)
        keys.type("benali")
        keys.press("Enter")
        expect(desk.get_by_label("Pourquoi ?")).to_be_focused()
        keys.type("rsa")
        keys.press("Enter", "Control+Enter")

        expect(saved(desk)).to_contain_text("Appel de Samira Benali noté")
        assert keys.count <= 15
        assert Ticket.objects.filter(person=samira, topic__code="rsa-demande", channel="phone").exists()

    def test_a_known_number_takes_its_ten_figures_and_seven_keys(self, samira, desk):
        keys = Keys(desk)
        keys.type("0639981234")
        keys.press("Enter")
        expect(desk.get_by_label("Qui ?")).to_have_value("Samira Benali")
        keys.type("rsa")
        keys.press("Enter", "Control+Enter")

        expect(saved(desk)).to_contain_text("Samira Benali")
        assert keys.count == 17

    def test_N2_a_new_person_with_a_phone_takes_40_keys(self, desk):
        keys = Keys(desk)
        keys.type("paul morel")
        keys.press("Enter")
        keys.type("rsa")
        keys.press("Enter")
        expect(desk.get_by_label("Téléphone")).to_be_visible()
        keys.press("Tab", "Tab")
        keys.type("0639987766")
        keys.press("Control+Enter")

        expect(saved(desk)).to_contain_text("Paul Morel")
        assert keys.count <= 40

    def test_N2_an_anonymous_person_takes_10_keys(self, desk):
        keys = Keys(desk)
        keys.type("*")
        keys.press("Enter")
        keys.type("rsa")
        keys.press("Enter", "Control+Enter")

        saved(desk)
        assert keys.count <= 10

    def test_the_switch_takes_one_key_and_keeps_what_is_typed(self, browse, bruno):
        page = browse(bruno, "/accueil/")
        page.get_by_label("Mot pour le service").fill("Elle rappellera")
        page.get_by_role("heading", name="Accueil", exact=True).click()
        page.keyboard.press("a")

        expect(page.get_by_role("heading", name="Nouvel appel")).to_be_visible()
        expect(page.get_by_label("Mot pour le service")).to_have_value("Elle rappellera")


class TestPromise:
    def test_the_moment_is_asked_once_a_call_is_promised(self, desk, browse):
        day = desk.get_by_label("Rappeler le")
        expect(day).to_be_hidden()
        desk.get_by_label("Rappel promis", exact=True).check()
        expect(day).to_be_visible()
        desk.keyboard.press("Control+Enter")
        expect(desk.get_by_role("alert").filter(has_text="Il y a un problème")).to_be_focused()
        assert all("422" in complaint for complaint in browse.complaints)
        browse.complaints.clear()

    def test_pages_are_usable_by_all(self, browse, bruno, call, tomorrow):
        call(suite="rappel", **tomorrow)
        page = browse(bruno, "/accueil/?pour=appel")
        page.get_by_label("Rappel promis", exact=True).check()
        page.get_by_text("Sens de l’appel").click()
        page.evaluate("scrollTo(0, 0)")  # a link half under the bar at the top has half its size
        assert violations(page) == []
        page.goto(page.url.replace("/accueil/?pour=appel", "/rappels-promis/"))
        page.get_by_text("Pas joint, réessayer").click()
        expect(page.get_by_label("Rappeler le")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Appelé").click()
        expect(page.get_by_text("Appel noté.", exact=True)).to_be_visible()
        assert ToDo.objects.get().done_at
