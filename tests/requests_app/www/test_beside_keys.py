"""What stands beside a thread, by the keyboard alone; what axe says of it; what paper shows of it."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.answers import services as answers
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.tickets import services
from requests_app.tickets.models import Participant, TicketLink, ToDo
from requests_app.tickets.services.participants import propose_copied
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS, COPIED = "amina.benali@exemple.fr", "paul@exemple.fr"


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina, chloe, david, villeurbanne):
    """A ticket with something of everything."""
    at, ticket = timezone.now(), make_ticket(person=amina, text=None)
    way = [{"at": at.isoformat(), "text": "Arrivé par la porte du courriel (LMTP)."}]
    make_touchpoint(ticket, sender=HERS, facts={"way": way, "why": ["Il vient de là."]})
    services.ask(ticket=ticket, kind=ToDo.Kind.CALL, text="Rappelez-la avant lundi.", key="1", at=at)
    propose_copied(ticket, [(COPIED, "Paul Roux")], at)
    kinds = (TicketLink.Kind.PROPOSED, TicketLink.Kind.FOLLOWS)
    for kind, place in zip(kinds, ({}, {"maison": villeurbanne}), strict=True):
        services.link(from_ticket=ticket, to_ticket=make_ticket(**place), kind=kind, at=at)
    outgoing = queue(
        Message("1", "answer", "mail", HERS, "gru." + "0123456789abcdef" * 4 + "@demande.invalid", {}), at=at
    )[0]
    make_touchpoint(ticket, direction="out", sender=COPIED, outgoing=outgoing, facts={"copy_of": 1})
    answers.be_present(ticket=ticket, by=david, at=at)
    return ticket


@pytest.fixture
def page(browse, chloe, asked):
    return browse(chloe, f"/demandes/{asked.reference}/")


def press(page, name):
    """By the keyboard: reach the button, then Enter."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_something_is_done_and_undone(page):
    press(page, "C’est fait : Appeler la personne")
    assert not ToDo.objects.to_do().exists()
    press(page, "Annuler : à refaire")
    assert ToDo.objects.to_do().exists()


def test_a_link_is_accepted(page):
    reference = TicketLink.objects.get(is_accepted=None).to_ticket.reference
    press(page, f"C’est la même affaire : {reference}")
    expect(page.get_by_text("lié par Chloé Martin")).to_be_visible()


def test_somebody_is_added_without_the_mouse(page):
    page.get_by_text("Ajouter quelqu’un").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Adresse e-mail", exact=True).focus()
    page.keyboard.type("voisine@exemple.fr")
    press(page, "Ajouter à la demande")
    assert Participant.objects.filter(address="voisine@exemple.fr").exists()


def test_who_gets_a_copy_is_chosen_by_the_space_bar(page):
    page.get_by_label("paul@exemple.fr").focus()
    page.keyboard.press(" ")
    page.locator("#answer_text").focus()
    page.keyboard.type("Bonjour.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    answered = Outgoing.objects.filter(key__startswith="answer:")
    assert set(answered.values_list("recipient", flat=True)) == {HERS, COPIED}


def test_colleagues_are_seen_without_reloading(page, asked, david):
    expect(page.get_by_text("David Roux lit cette demande.")).to_be_visible()


def test_paper_shows_what_the_screen_folds_and_folds_it_again(page):
    words = page.get_by_text("Arrivé par la porte du courriel (LMTP).")
    expect(words).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(words).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(words).to_be_hidden()


def test_the_page_has_no_violation(page):
    for summary in page.locator("details.log > summary, .side details > summary").all():
        summary.click()
    assert violations(page) == []
