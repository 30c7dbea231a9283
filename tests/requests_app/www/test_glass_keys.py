"""A ticket of another place by the keyboard alone: the number, the reason, the page, the end (A04)."""

import pytest
from playwright.sync_api import expect

from requests_app.access.models import BreakGlassGrant, Reading
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ticket(amina, make_ticket):
    return make_ticket(person=amina, text="Ma facture est trop chère")


def look_for(page, asked):
    page.keyboard.press("/")
    page.keyboard.type(asked)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page, locator):
    for _ in range(60):
        if locator.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def test_A04_is_opened_and_closed_by_the_keyboard(browse, elsa, ticket):
    page = browse(elsa, "/tri/")
    look_for(page, ticket.reference)
    expect(page.get_by_text("est suivie dans un autre lieu")).to_be_visible()
    tab_to(page, page.get_by_label("La personne est devant moi"))
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("elle demande si sa facture est payée")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Ouverte par exception jusqu’à")).to_be_visible()
    expect(page.get_by_text("Ma facture est trop chère")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Refermer"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Demande refermée.")).to_be_visible()
    assert BreakGlassGrant.objects.get().ended_at
    assert Reading.objects.filter(glass=BreakGlassGrant.objects.get()).count() == 1


def test_A04_a_reason_that_is_missing_takes_the_focus(browse, elsa, ticket):
    page = browse(elsa, "/tri/")
    look_for(page, ticket.reference)
    browse.complaints.clear()
    with page.expect_navigation():
        page.get_by_role("button", name="Ouvrir avec ce motif").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez un motif.")
    assert violations(page) == []
    browse.complaints.clear()  # Chromium names the status 422 an error


def test_the_pages_are_accessible(browse, elsa, ticket):
    page = browse(elsa, "/tri/")
    look_for(page, ticket.reference)
    assert violations(page) == []
    page.get_by_label("La personne est devant moi").check()
    page.get_by_label("Pourquoi, en quelques mots").fill("elle demande où en est sa facture")
    with page.expect_navigation():
        page.get_by_role("button", name="Ouvrir avec ce motif").click()
    assert violations(page) == []
    page.get_by_role("link", name="Ouvertes par exception").click()
    expect(page.get_by_role("link", name=ticket.reference)).to_be_visible()
    assert violations(page) == []


def test_a_person_found_whole_is_opened_by_the_keyboard(browse, elsa, ticket):
    page = browse(elsa, "/personnes/")
    page.keyboard.type("06 39 98 12 34")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, page.locator("details.why summary"))
    page.keyboard.press("Enter")
    assert violations(page) == []
    tab_to(page, page.get_by_label("La personne est devant moi"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("La personne est au téléphone")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("il demande la date de son rendez-vous")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Ouverte par exception jusqu’à")).to_be_visible()
