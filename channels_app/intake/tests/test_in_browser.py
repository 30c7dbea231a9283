"""The quarantine in a real browser: by keys alone, and for everyone's eyes."""

import pytest
from playwright.sync_api import expect

from channels_app.intake.models import Arrival
from requests_app.tickets.models import Ticket
from tests.browser import violations

PAGE = "/quarantaine/"
MAIL = b"From: Amina <amina@exemple.fr>\r\nTo: a@x.fr\r\nSubject: APA\r\nMIME-Version: 1.0\r\n" + (
    b"Content-Type: application/pdf; name=papiers.pdf\r\n\r\nUne aide ?\r\n"
)


@pytest.fixture
def waiting(transactional_db, make_arrival):
    return [make_arrival(reason=f"Le message {n} n’a pas pu être lu.", raw=MAIL) for n in range(3)]


def test_many_are_put_aside_by_keys_alone_and_taken_back(browse, central, waiting):
    page = browse(central, PAGE)
    page.keyboard.press("c")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("m")
    page.keyboard.type("Publicité")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 messages écartés.", exact=True)).to_be_visible()
    assert set(Arrival.objects.discarded().values_list("reason", flat=True)) == {"Publicité"}
    page.get_by_role("group", name="Dernière action").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", name="3 messages attendent votre choix")).to_be_visible()


def test_nothing_stands_in_anyone_s_way(browse, central, waiting, make_arrival):
    make_arrival(state="discarded", reason="Publicité pour une literie")
    make_arrival(state="pending", reason="")
    page = browse(central, PAGE)
    assert violations(page) == []
    page.goto(page.url + "?etat=ecartees")
    assert violations(page) == []
    page.get_by_role("searchbox", name="Motif").fill("literie")
    page.get_by_role("button", name="Chercher un motif").click()
    expect(page.get_by_role("status").filter(has_text="1 arrivée écartée")).to_be_visible()
    assert violations(page) == []
    page.goto(page.url.replace("chercher/", f"{waiting[0].pk}/"))
    expect(page.get_by_text("papiers.pdf").first).to_be_visible()
    assert violations(page) == []


def test_what_can_be_done_with_each_is_seen_without_scrolling(browse, central, make_arrival):
    sender = "mailer-daemon@" + "courrier." * 6 + "exemple.fr"
    facts = {"from": sender, "subject": "Undelivered Mail Returned to Sender", "words": "550 5.1.1"}
    make_arrival(state="discarded", reason="Avis de non-remise, sans lien avec un envoi connu.", facts=facts)
    page = browse(central, PAGE)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_role("button", name="En faire une demande")).to_be_visible()
    hidden = page.locator(".table-wrap").evaluate("box => box.scrollWidth - box.clientWidth")
    assert hidden == 0


def test_N01_one_becomes_a_ticket_by_keys_alone_and_goes_back(browse, central, territory, waiting):
    page = browse(central, PAGE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("d")
    done = page.get_by_role("group", name="Dernière action")
    expect(done.get_by_text("créée.")).to_be_visible()
    assert Ticket.objects.get().subject == "APA"
    assert Arrival.objects.get(pk=waiting[1].pk).state == "heard"
    with page.expect_navigation():  # its keys are heard once it is whole
        done.get_by_role("button", name="Annuler").press("Enter")
    expect(page.get_by_role("heading", name="3 messages attendent votre choix")).to_be_visible()
    assert not Ticket.objects.exists()
    page.keyboard.press("d")
    expect(done.get_by_text("créée.")).to_be_visible()
    assert violations(page) == []


def test_N01_from_its_page_it_becomes_a_ticket_and_goes_back_later(browse, central, territory, make_arrival):
    arrival = make_arrival(state="discarded", reason="Absence", raw=MAIL)
    page = browse(central, f"{PAGE}{arrival.pk}/")
    page.get_by_role("button", name="En faire une demande").press("Enter")
    expect(page.get_by_role("group", name="Dernière action")).to_contain_text("créée.")
    assert violations(page) == []
    page.goto(page.url.partition("?")[0])
    page.get_by_role("button", name="Annuler la demande").press("Enter")
    expect(page.get_by_role("button", name="En faire une demande")).to_be_visible()
    assert Arrival.objects.get().state == "discarded"
