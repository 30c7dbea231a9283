"""Two browsers and one of the size of a telephone in one conversation; without a script too (S08)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from channels_app.chat import presence
from channels_app.chat.models import Line, Thread
from requests_app.tickets.models import Ticket, Touchpoint
from tests.browser import eventually, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
FIRST = "Bonjour, où en est mon dossier de logement ?"


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.LIMITS_ON = False


def begin(browse, **options):
    page = browse(None, "/chat/", **options)
    page.get_by_label("Votre message").fill(FIRST)
    page.get_by_role("button", name="Envoyer mon message").click()
    page.get_by_role("heading", name="Votre conversation").wait_for()
    return page


def write(page, words):
    page.get_by_label("Votre message").fill(words)
    page.get_by_role("button", name="Envoyer mon message").click()


def path_of(page):
    return "/" + page.url.split("/", 3)[3]


def test_S08_a_person_on_a_telephone_another_device_and_an_agent(browse, lyon_8, chloe):
    person = begin(browse, **PHONE)
    Ticket.objects.update(maison=lyon_8)
    other = browse(None, path_of(person))
    agent = browse(chloe, "/conversations/")
    expect(agent.get_by_role("log")).to_contain_text(FIRST)
    agent.get_by_label("Votre réponse").fill("Bonjour, je regarde.")
    agent.get_by_role("button", name="Envoyer", exact=True).click()
    for page in (person, other, agent):
        expect(page.get_by_role("log").get_by_text("Bonjour, je regarde.")).to_have_count(1)
    write(person, "Merci, j’attends.")
    for page in (person, other, agent):
        expect(page.get_by_role("log").get_by_text("Merci, j’attends.")).to_have_count(1)
    assert Touchpoint.objects.filter(ticket=Ticket.objects.get()).count() == 3


def test_S08_closed_in_the_middle_then_opened_again_by_the_link(browse):
    page = begin(browse)
    path = path_of(page)
    write(page, "Une deuxième ligne.")
    eventually(lambda: Line.objects.count() == 2)
    page.close()
    again = browse(None, path)
    assert again.get_by_role("log").get_by_text("Une deuxième ligne.").count() == 1
    assert Thread.objects.count() == 1


def test_S08_two_tabs_of_one_browser_show_each_line_once(browse):
    page = begin(browse)
    twin = page.context.new_page()
    twin.goto(page.url)
    for tab, words in ((page, "De la première."), (twin, "De la seconde.")):
        write(tab, words)
    for tab in (page, twin):
        for words in ("De la première.", "De la seconde."):
            expect(tab.get_by_role("log").get_by_text(words)).to_have_count(1, timeout=20_000)


def test_hours_are_those_of_our_places_and_a_link_kept_open_ends_when_the_ticket_is_sensitive(browse):
    """Walk one line of a person far away, who opened the link on two devices."""
    page = begin(browse, timezone_id="Pacific/Auckland")
    write(page, "Une deuxième ligne.")
    hour = page.get_by_role("log").locator(".chat-who span").last
    at = timezone.localtime()
    near = {(at + timedelta(minutes=one)).strftime("%H:%M") for one in (-1, 0, 1)}
    expect(hour).to_have_text(re.compile("|".join(near)))
    other = browse(None, path_of(page))
    Ticket.objects.update(is_sensitive=True)
    expect(other.get_by_role("heading", name="Cette conversation est protégée")).to_be_visible()
    assert page.get_by_role("heading", name="Votre conversation").is_visible()
    assert all("404" in each or "403" in each for each in browse.complaints)  # refused, as the console says
    browse.complaints.clear()


def test_an_agent_who_leaves_is_said_to_be_there_no_more(browse, monkeypatch):
    there = [True]
    monkeypatch.setattr(presence, "is_available", lambda _ticket, at: there[0])
    page = begin(browse)
    expect(page.locator("#standing")).to_have_text(re.compile("Un agent est là"))
    there[0] = False
    expect(page.locator("#standing")).to_have_text(re.compile("^\\s*(Réponse .* avant|Nous vous répondons)"))
    there[0] = True
    expect(page.locator("#standing")).to_have_text(re.compile("Un agent est là"))


def test_without_a_script_everything_works(browse, lyon_8, chloe):
    page = begin(browse, java_script_enabled=False, **PHONE)
    Ticket.objects.update(maison=lyon_8)
    write(page, "La suite.")
    agent = browse(chloe, "/conversations/", java_script_enabled=False)
    agent.get_by_label("Votre réponse").fill("Votre dossier est complet.")
    agent.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_role("link", name="Voir les nouveaux messages").click()
    expect(page.get_by_role("log")).to_contain_text("Votre dossier est complet.")
    agent.get_by_role("link", name=re.compile("Modèles, confier")).click()
    agent.get_by_label("À qui").wait_for()


def test_one_s_own_lines_are_not_read_again(browse):
    page = begin(browse)
    page.evaluate(
        """() => {
          window.heard = [];
          const log = document.getElementById("log");
          const hear = (node) => heard.push([log.getAttribute("aria-live"), node.textContent]);
          new MutationObserver((seen) => seen.forEach((one) => one.addedNodes.forEach(hear)))
            .observe(log, { childList: true });
        }"""
    )
    write(page, "Ma propre ligne.")
    expect(page.get_by_role("log").get_by_text("Ma propre ligne.")).to_have_count(1)
    [(live, words)] = page.evaluate("heard")
    assert live == "off"
    assert "Ma propre ligne." in words


def test_N12_words_of_danger_show_the_numbers_while_one_types_and_after(browse):
    page = begin(browse)
    page.get_by_label("Votre message").fill("mon mari me frappe")
    expect(page.locator("#dangers").get_by_role("link", name=re.compile("3919"))).to_be_visible()
    page.get_by_role("button", name="Envoyer mon message").click()
    expect(page.locator("#numbers").get_by_role("link", name=re.compile("3919"))).to_be_visible()


def test_models_by_a_stroke_of_the_keyboard(browse, lyon_8, chloe, make_model):
    begin(browse)
    Ticket.objects.update(maison=lyon_8)
    make_model(name="Dossier complet", text="Votre demande {numero} est complète.")
    agent = browse(chloe, "/conversations/")
    agent.get_by_label("Votre réponse").press("/")
    agent.get_by_text("Dossier complet").click()
    expect(agent.get_by_label("Votre réponse")).to_have_value(re.compile("est complète"))


def test_every_page_is_accessible_in_both_themes_and_at_320_px(browse, lyon_8, chloe):
    page = begin(browse)
    Ticket.objects.update(maison=lyon_8)
    assert violations(page) == []
    page.goto(page.url.split("/chat/")[0] + "/chat/")
    assert violations(page) == []
    page.get_by_role("button", name="Envoyer mon message").click()
    page.get_by_role("heading", name="Il y a un problème").wait_for()
    assert violations(page) == []
    assert all("422" in each for each in browse.complaints)  # the refusal, as the console says it
    browse.complaints.clear()
    agent = browse(chloe, "/conversations/")
    agent.get_by_label("Votre réponse").press("/")
    agent.get_by_label("À qui").wait_for()
    assert violations(agent) == []


def test_W02_the_trap_of_robots_shows_nothing_at_320_px(browse):
    page = browse(None, "/chat/", **PHONE)
    trap = page.locator(".chat-site")
    expect(trap).to_have_count(1)
    seen = page.screenshot(full_page=True)
    trap.evaluate("(trap) => trap.style.setProperty('visibility', 'hidden')")
    assert page.screenshot(full_page=True) == seen
