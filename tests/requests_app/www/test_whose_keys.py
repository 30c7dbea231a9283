"""For whom a ticket is, by the keyboard alone; what axe says of the panel and of the pages of mandates."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.people.models import Mandate
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Participant, Ticket
from requests_app.tickets.services import receive
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WARD = "c.martin@hopital-nord.example"
WORDS = "Bonjour, M. Oumar Girard sort jeudi. Son numéro : 06 39 98 21 43.\nMme Martin, service social"


@pytest.fixture
def of_hospital(territory, lyon_8):
    said = InboundMessage(
        channel="mail",
        occurred_at=timezone.now(),
        text=WORDS,
        reply_text=WORDS,
        sender_kind="email",
        sender_value=WARD,
        sender_name="Claire Martin",
        mailboxes=("mdm.lyon8-est@grandlyon.com",),
    )
    return receive(said, at=timezone.now()).ticket


def press(page, name):
    """By the keyboard: reach the button, then Enter."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_wards_mail_is_for_its_patient_and_back(browse, chloe, of_hospital):
    page = browse(chloe, f"/demandes/{of_hospital.reference}/")
    press(page, "C’est pour elle : Oumar Girard, 06 39 98 21 43")
    of_hospital.refresh_from_db()
    assert of_hospital.person.full_name == "Oumar Girard"
    assert Participant.objects.get().role == "professional"
    expect(page.get_by_text("a lié la demande à Oumar Girard")).to_be_visible()
    press(page, "Annuler : comme avant")
    of_hospital.refresh_from_db()
    assert of_hospital.person is None


def test_an_anonymous_call_is_named_by_the_field(browse, chloe, make_ticket):
    ticket = make_ticket(person=None, sender="", channel="phone")
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    page.get_by_label("Nom, téléphone ou naissance").focus()
    page.keyboard.type("nadia kerbec 06 39 98 44 55")
    expect(page.get_by_role("option", name="Nouvelle personne « nadia kerbec »")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Qui a écrit ou appelé")).to_be_focused()
    press(page, "C’est pour cette personne")
    person = Ticket.objects.get(pk=ticket.pk).person
    assert (person.given_name, person.family_name) == ("Nadia", "Kerbec")


def test_what_was_found_is_chosen_without_javascript(browse, chloe, make_ticket, amina):
    make_ticket(person=amina)
    ticket = make_ticket(person=None, sender="", channel="phone")
    page = browse(chloe, f"/demandes/{ticket.reference}/", java_script_enabled=False)
    page.get_by_label("Nom, téléphone ou naissance").fill("benali amina")
    page.get_by_role("button", name="C’est pour cette personne", exact=True).click()
    page.get_by_role("button", name="C’est cette personne : Amina Benali").wait_for()
    browse.complaints.clear()  # the answer that asks who it is is a 422
    page.get_by_role("button", name="C’est cette personne : Amina Benali").click()
    assert Ticket.objects.get(pk=ticket.pk).person == amina


def test_the_panel_has_no_violation(browse, chloe, of_hospital, amina):
    page = browse(chloe, f"/demandes/{of_hospital.reference}/")
    assert violations(page) == []


def test_the_pages_of_who_acts_have_no_violation(browse, chloe, make_ticket, amina):
    make_ticket(person=amina)
    Mandate.objects.create(
        person=amina,
        kind="guardianship",
        holder="UDAF du Rhône",
        address="tutelles@udaf.exemple.fr",
        receives="holder",
        starts_on=timezone.localdate(),
        noted_at=timezone.now(),
        noted_by=chloe,
    )
    for path in ("", "mandats/", "reunir/"):
        assert violations(browse(chloe, f"/personnes/{amina.pk}/{path}")) == [], path
