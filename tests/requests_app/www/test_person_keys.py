"""A person by the keyboard alone, what axe says of the page, what paper shows of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.people.models import ContactPoint
from requests_app.people.services import Need, note_needs
from requests_app.tickets.models import Note
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ticket(amina, make_ticket, make_touchpoint, make_appointment, chloe):
    """A ticket with something of everything on the page of its person."""
    now = timezone.now()
    ticket = make_ticket(person=amina, text="Ma facture est trop chère", received_at=now - timedelta(days=40))
    make_ticket(person=amina, topic="violences-conjugales", channel="frontdesk")
    for channel, direction in (("sms", "in"), ("phone", "in"), ("letter", "out"), ("frontdesk", "in")):
        make_touchpoint(ticket, text=f"Un mot par {channel}", channel=channel, direction=direction)
    Note.objects.create(ticket=ticket, author=chloe, text="Préfère le matin.", created_at=now)
    make_appointment(ticket=ticket, agent=chloe, state="confirmed", room="Bureau 3")
    note_needs(person=amina, needs=[Need("no_call"), Need("interpreter", "arabe")], at=now)
    ContactPoint.objects.filter(person=amina, kind="phone").update(
        verified_at=now, is_shared=True, needs_check=True, usable_for=["answer", "reminder"]
    )
    return ticket


def test_K4_one_key_from_the_demand_shows_the_whole_story(browse, chloe, amina, ticket):
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    with page.expect_navigation():
        page.keyboard.press("h")

    expect(page.get_by_role("heading", level=1)).to_have_text("Amina Benali")
    for channel in ("sms", "phone", "letter", "frontdesk"):
        expect(page.get_by_text(f"Un mot par {channel}")).to_be_visible()
    took = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert took < 1000  # milliseconds

    with page.expect_navigation():
        page.keyboard.press("h")
    assert page.url.endswith(f"/demandes/{ticket.reference}/")


def test_the_keys_are_in_the_list(browse, chloe, ticket):
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    page.keyboard.press("?")
    expect(page.locator("[data-page-keys]")).to_contain_text("Toute son histoire")


def test_the_page_is_accessible(browse, chloe, amina, ticket):
    assert violations(browse(chloe, f"/personnes/{amina.pk}/?de={ticket.reference}")) == []


def test_the_search_is_found_and_walked_by_the_keyboard(browse, chloe, amina, ticket):
    page = browse(chloe, "/personnes/")
    page.keyboard.type("benali")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/personnes/{amina.pk}/")


def test_the_search_is_accessible(browse, chloe, amina, ticket):
    page = browse(chloe, "/personnes/")
    assert violations(page) == []
    page.get_by_label("Nom, téléphone, e-mail ou date de naissance").fill("benali")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert violations(page) == []


@pytest.mark.parametrize("form", ["identite", "besoins", "contacts", "contacts/{point}"])
def test_what_is_corrected_is_accessible(browse, chloe, amina, ticket, form):
    point = amina.contact_points.get(kind="phone").pk
    assert violations(browse(chloe, f"/personnes/{amina.pk}/{form.format(point=point)}/")) == []


def test_a_contact_is_limited_by_the_keyboard(browse, chloe, amina, ticket):
    page = browse(chloe, f"/personnes/{amina.pk}/")
    page.get_by_role("link", name="Corriger +33639981234").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Rappeler un rendez-vous").focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Le contact est corrigé.")).to_be_visible()
    assert amina.contact_points.get(kind="phone").usable_for == ["answer"]


@pytest.fixture
def twin(make_person, make_ticket):
    person = make_person(given_name="Amina", family_name="Benalli", birth_year=1968, phone="+33639981234")
    make_ticket(person=person)
    note_needs(person=person, needs=[Need("large_print")], at=timezone.now())
    return person


def test_two_files_become_one_and_two_again_by_the_keyboard(browse, chloe, amina, ticket, twin):
    page = browse(chloe, f"/personnes/{amina.pk}/")
    page.get_by_role("link", name="Comparer les deux fiches").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("radio", name="Benalli").focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Amina Benalli")

    page.get_by_role("button", name="Annuler la fusion").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Amina Benali")


def test_the_comparison_is_accessible(browse, chloe, amina, ticket, twin):
    assert violations(browse(chloe, f"/personnes/{amina.pk}/")) == []
    page = browse(chloe, f"/personnes/{amina.pk}/reunir/{twin.pk}/")
    assert violations(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="C’est la même personne").click()
    browse.complaints.clear()  # the browser notes the refusal, 422, as an error
    assert violations(page) == []


def test_paper_shows_no_internal_note(browse, chloe, amina, ticket):
    page = browse(chloe, f"/personnes/{amina.pk}/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Préfère le matin.")).to_be_hidden()
    expect(page.get_by_text("Un mot par sms")).to_be_visible()
