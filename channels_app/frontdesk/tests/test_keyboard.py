"""The keyboard tasks of design/ux.md, counted key by key in a real browser."""

import pytest
from playwright.sync_api import expect

from requests_app.tickets.models import Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keys:
    """Types as an agent does, and counts; a chord is counted by its keys."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def type(self, text):
        self.count += len(text)
        self.page.keyboard.type(text, delay=20)

    def press(self, chord):
        self.count += len(chord.split("+"))
        self.page.keyboard.press(chord)


@pytest.fixture
def samira(make_person, make_ticket):
    person = make_person(given_name="Samira", family_name="Benali", birth_year=1968, phone="+33639981234")
    make_ticket(person=person, topic="fsl-acces-maintien")
    return person


@pytest.fixture
def desk(browse, bruno):
    return browse(bruno, "/accueil/")


def saved(page):
    notice = page.get_by_role("group", name="Dernière visite")
    expect(notice).to_contain_text("enregistrée")
    expect(page.get_by_label("Qui ?")).to_be_focused()
    expect(page.get_by_label("Qui ?")).to_have_value("")
    return notice


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
