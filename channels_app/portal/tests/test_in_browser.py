"""A person with a telephone asks for something: taps are counted (B1, B2, B5), pages weighed, looked at."""

from urllib.parse import urljoin

import pytest
from django.test import Client

from channels_app.portal.models import Draft
from channels_app.portal.tests.conftest import ANSWERS, address
from requests_app.tickets.models import Ticket
from tests.browser import violations
from tests.weight import HEAVIEST, weigh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 375, "height": 760}, "has_touch": True, "is_mobile": True}
MAX_PAGES = 6


class Taps:
    """A finger: each tap is counted."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def on(self, name, role="button"):
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()

    def label(self, text):
        self.count += 1
        self.page.locator("label", has_text=text).first.click()


@pytest.fixture
def open_home(browse, no_limits):
    return lambda **options: browse(None, "/", **{**PHONE, **options})


def ask(page):
    """From the first page to the confirmation; returns the taps and the pages seen."""
    taps, pages = Taps(page), []
    page.on("framenavigated", lambda frame: pages.append(frame.url))
    taps.on("Faire une demande", role="link")
    page.locator("summary", has_text="Logement").click()
    taps.count += 1
    taps.label("Payer un loyer")
    taps.on("Continuer")
    page.get_by_label("Votre demande").fill("Je n’arrive plus à payer ma facture.")
    taps.on("Continuer")
    page.get_by_label("Commune ou code postal").fill("Bron")
    taps.on("Continuer")
    taps.label("SMS ou appel")
    page.get_by_label("Numéro de téléphone").fill("06 39 98 12 34")
    taps.label("Non, parlez seulement à moi")
    taps.on("Continuer")
    taps.on("Continuer")
    taps.on("Envoyer ma demande")
    page.wait_for_url("**/demande/enregistree/")
    return taps, pages


class TestAsking:
    @pytest.mark.parametrize("with_script", [True, False])
    @pytest.mark.parametrize("width", [375, 320])
    def test_B1_takes_at_most_six_pages_with_or_without_script(self, open_home, with_script, width):
        page = open_home(java_script_enabled=with_script, viewport={"width": width, "height": 640})
        taps, pages = ask(page)
        forms = [url for url in pages if "/demande/" in url and "enregistree" not in url]
        assert len({url.partition("#")[0] for url in forms}) <= MAX_PAGES
        assert taps.count <= 12
        assert Ticket.objects.get().reference in page.content()

    def test_B2_the_number_needs_no_gesture_and_can_be_copied_and_printed(self, open_home):
        page = open_home(permissions=["clipboard-read", "clipboard-write"])
        ask(page)
        assert page.locator("#numero").inner_text() == Ticket.objects.get().reference
        page.get_by_role("button", name="Copier le numéro").click()
        page.get_by_text("Numéro copié.").first.wait_for()
        assert page.get_by_role("button", name="Imprimer").is_visible()

    def test_the_whole_form_is_filled_from_the_keyboard(self, open_home):
        page = open_home()
        page.goto(page.url + "demande/")
        page.locator("#sujet").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**/message/")
        page.locator("#texte").focus()
        page.keyboard.type("Une question")
        page.get_by_role("button", name="Continuer").press("Enter")
        page.wait_for_url("**/lieu/")

    def test_W01_two_presses_and_back_are_one_demand(self, open_home):
        page = open_home()
        ask(page)
        page.go_back()
        if page.get_by_role("button", name="Envoyer ma demande").count():
            page.get_by_role("button", name="Envoyer ma demande").click()
        page.goto(page.url)
        assert Ticket.objects.count() == 1


class TestGoingBack:
    def test_the_back_button_finds_each_answer_again(self, open_home):
        page = open_home()
        page.goto(urljoin(page.url, "/demande/"))
        page.locator("#sujet").check()
        page.get_by_role("button", name="Continuer").click()
        page.get_by_label("Votre demande").fill("Ma chaudière est en panne.")
        page.get_by_role("button", name="Continuer").click()
        page.get_by_label("Commune ou code postal").fill("Bron")
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/contact/")
        page.go_back()
        assert page.get_by_label("Commune ou code postal").input_value() == "Bron"
        page.go_back()
        assert page.get_by_label("Votre demande").input_value() == "Ma chaudière est en panne."
        page.go_back()
        assert page.locator("#sujet").is_checked()

    def test_W01_a_double_click_is_one_demand(self, open_home):
        page = open_home()
        page.goto(urljoin(page.url, "/demande/"))
        self._until_the_last_look(page)
        page.get_by_role("button", name="Envoyer ma demande").dblclick()
        page.wait_for_url("**/demande/enregistree/")
        assert Ticket.objects.count() == 1

    def _until_the_last_look(self, page):
        page.locator("#sujet").check()
        page.get_by_role("button", name="Continuer").click()
        page.get_by_label("Votre demande").fill("Ma chaudière est en panne.")
        page.get_by_role("button", name="Continuer").click()
        page.get_by_label("Commune ou code postal").fill("Bron")
        page.get_by_role("button", name="Continuer").click()
        page.locator("label", has_text="Je viens sur place").click()
        page.get_by_role("button", name="Continuer").click()
        page.get_by_role("button", name="Continuer").click()

    def test_an_expired_form_keeps_the_words_just_typed(self, open_home):
        page = open_home()
        page.goto(urljoin(page.url, "/demande/"))
        page.locator("#sujet").check()
        page.get_by_role("button", name="Continuer").click()
        Draft.objects.all().delete()
        page.get_by_label("Votre demande").fill("Ma chaudière est en panne.")
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/demande/")
        page.locator("#sujet").check()
        page.get_by_role("button", name="Continuer").click()
        assert page.get_by_label("Votre demande").input_value() == "Ma chaudière est en panne."


class TestDanger:
    def test_the_numbers_come_while_one_types(self, open_home):
        page = open_home()
        page.goto(page.url + "demande/")
        box = page.locator("[data-words]").first
        assert not box.is_visible()
        page.get_by_label("Dites-le avec vos mots").fill("Mon mari me FRAPPE")
        assert box.is_visible()
        assert box.get_by_role("link", name="3919").is_visible()

    def test_leaving_quickly_leaves_no_page_to_come_back_to(self, open_home, settings):
        settings.LEAVE_FOR = "/accessibilite/"
        page = open_home()
        before = page.evaluate("history.length")
        page.get_by_role("link", name="Quitter vite").click()
        page.wait_for_url("**/accessibilite/")
        assert page.evaluate("history.length") == before


class TestLooks:
    def test_every_page_of_the_form_is_accessible_in_both_themes_and_at_320_px(self, browse, no_limits):
        page = browse(None, "/")
        assert violations(page) == []
        root = page.url
        for step, fields in ANSWERS.items():
            page.goto(urljoin(root, address(step)))
            page.get_by_role("button", name="Continuer").click()
            assert violations(page) == [], step
            self._fill(page, step, fields)
        assert violations(page) == []
        page.goto(urljoin(root, "/demande/plus-tard/"))
        assert violations(page) == []
        page.goto(urljoin(root, "/demande/verifier/"))
        page.get_by_role("button", name="Envoyer ma demande").click()
        assert violations(page) == []

    def _fill(self, page, step, fields):
        page.goto(urljoin(page.url, address(step)))
        if step == "sujet":
            page.locator("#sujet").check()
        if step == "contact":
            page.locator("#moyen").check()
            page.locator("#message-non").check()
        for name in {"texte", "commune", "telephone"} & set(fields):
            page.locator(f"#{name}").fill(fields[name])
        page.get_by_role("button", name="Continuer").click()


@pytest.mark.parametrize("path", ["/", *map(address, ANSWERS), "/demande/verifier/", "/demande/enregistree/"])
def test_B1_no_page_weighs_more_than_100_kb_with_all_it_needs(path, send, fill):
    client = send() if "enregistree" in path else fill()
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert weigh(answer) < HEAVIEST


def test_B5_the_phone_number_and_the_way_out_are_on_every_page(fill, settings):
    client = fill()
    pages = ["/", *map(address, ANSWERS), "/demande/verifier/", "/demande/plus-tard/", f"/s/{'x' * 22}"]
    for path in pages:
        page = client.get(path).content.decode()
        assert settings.AUTHORITY_PHONE in page, path
        assert settings.AUTHORITY_HOURS in page or "17" in page, path
        assert "Quitter vite" in page, path
    assert Client().get("/").status_code == 200
