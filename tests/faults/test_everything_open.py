"""Pages with all of their summaries, panels and errors open at once, as axe sees them in both themes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.answers import services as answers
from requests_app.tickets import services
from requests_app.tickets.models import TicketLink, ToDo
from requests_app.tickets.services.participants import propose_copied
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.timeless, pytest.mark.django_db(transaction=True)]

HERS, COPIED = "amina.benali@exemple.fr", "paul@exemple.fr"
OPEN_ALL = """() => {
  const shut = [...document.querySelectorAll("details:not([open])")].filter(one => !one.matches(".rail *"))
  for (const one of shut) one.open = true
  return shut.length
}"""


@pytest.fixture
def crowded(make_ticket, make_touchpoint, amina, chloe, david, villeurbanne, make_appointment):
    """A ticket with something of everything, and a dozen messages."""
    at = timezone.now()
    ticket = make_ticket(person=amina, text=None, transfer_body="CAF du Rhône", topic="fsl-acces-maintien")
    for rank in range(12):
        way = [{"at": at.isoformat(), "text": "Arrivé par la porte du courriel (LMTP)."}]
        facts = {"way": way, "why": ["Il vient de là."]}
        words = f"Bonjour, voici ma question numéro {rank}.\n\n> Vous écriviez avant."
        direction = "out" if rank % 3 == 2 else "in"
        make_touchpoint(
            ticket,
            sender=HERS,
            text=words,
            facts=facts,
            direction=direction,
            occurred_at=at - timedelta(days=12 - rank),
        )
    services.ask(ticket=ticket, kind=ToDo.Kind.CALL, text="Rappelez-la avant lundi.", key="1", at=at)
    propose_copied(ticket, [(COPIED, "Paul Roux")], at)
    for kind, place in (
        (TicketLink.Kind.PROPOSED, {"person": amina}),
        (TicketLink.Kind.FOLLOWS, {"maison": villeurbanne}),
    ):
        services.link(from_ticket=ticket, to_ticket=make_ticket(**place), kind=kind, at=at)
    make_appointment(ticket=ticket, agent=chloe)
    services.add_note(ticket=ticket, text="Appelée hier.", by=chloe, at=at)
    answers.be_present(ticket=ticket, by=david, at=at)
    return ticket


def opened(page):
    assert page.evaluate(OPEN_ALL) > 0
    return page


def found(page):
    """What is wrong once all is open."""
    return violations(opened(page), shapes=((1280, 900), (360, 700)))


def test_the_ticket_with_every_detail_of_every_message(browse, chloe, crowded):
    page = browse(chloe, f"/demandes/{crowded.reference}/")
    assert page.locator(".fil details").count() >= 12
    assert found(page) == []


def test_the_ticket_with_an_error_above_its_open_panels(browse, chloe, crowded):
    page = browse(chloe, f"/demandes/{crowded.reference}/")
    page.locator("summary", has_text="changer le lieu").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Changer de lieu").click()
    browse.complaints.clear()  # the browser notes the answer 422 in its console
    assert page.locator(".err-summary").count() == 1
    assert found(page) == []


@pytest.mark.parametrize("address", ["/tri/{}/?vue=a-trier", "/personnes/{}/"])
def test_what_stands_around_it(browse, chloe, crowded, address):
    named = crowded.person_id if "personnes" in address else crowded.reference
    assert found(browse(chloe, address.format(named))) == []


MISPLACED = """() => {
  const found = []
  for (const menu of document.querySelectorAll("main details.menu")) {
    menu.open = true
    const list = menu.querySelector(".menu-list"), box = list.getBoundingClientRect()
    const room = (menu.closest(".side") ?? document.documentElement).getBoundingClientRect()
    const name = menu.querySelector("summary").textContent.trim().slice(0, 30)
    if (box.width < 176) found.push(`${name}: ${Math.round(box.width)} px wide`)
    if (box.left < room.left || box.right > room.right + 1) found.push(`${name}: out of its room`)
    menu.open = false
  }
  return found
}"""


@pytest.mark.parametrize("width", [1280, 360])
def test_each_menu_opens_wide_enough_and_within_its_room(browse, chloe, crowded, width):
    page = browse(chloe, f"/demandes/{crowded.reference}/", viewport={"width": width, "height": 800})
    assert page.locator("main details.menu").count() >= 5
    assert page.evaluate(MISPLACED) == []


def test_one_menu_closes_another_without_javascript_too(browse, chloe, crowded):
    page = browse(chloe, f"/demandes/{crowded.reference}/", java_script_enabled=False)
    for words in ("changer l’état", "changer le lieu", "mon compte"):
        page.locator("details.menu > summary", has_text=words).click(force=True)
        assert page.locator("details.menu[open]").count() == 1
