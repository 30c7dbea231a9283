"""The small enhancers, in a real browser: keyboard, suggestions, undo, double posts, the idle screen."""

import os
import shutil
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect, sync_playwright

from tests.browser import eventually, submits
from tests.house.pieces import PIECES
from tests.house.stage import FLAGS, Stage, shell, staff_page

pytestmark = pytest.mark.browser

VISIT = """
<h1>Accueil</h1>
<form method="post" action="/visite/" data-save>
  <label for="qui">Qui ?</label>
  {% include "ui/combo.html" with id="qui" name="person" text_name="q" url="/personnes/" \
label_list="Personnes" hint_id="aide" next="#mot" key="n" only %}
  <p id="aide">Nom ou téléphone</p>
  <label for="mot">Mot</label><textarea id="mot" name="mot"></textarea>
  <button class="btn btn-primary" type="submit" name="suite" value="file">Enregistrer</button>
</form>
<ul>{% for n in rows %}<li id="r{{ n }}"><button type="button" hx-post="/recu/" hx-target="#r{{ n }}" \
hx-swap="outerHTML">Reçu {{ n }}</button></li>{% endfor %}</ul>
<a href="#suite" data-key="j">Suivante <kbd>J</kbd></a>
"""
CARD = """
<h1>Accueil</h1>
<div id="carte"><form method="post" action="/visite/" hx-post="/visite/" hx-target="#carte">
  <input type="text" name="q" aria-label="Qui ?" hx-get="/suggestions/" hx-trigger="input" hx-target="#liste">
  <button class="btn btn-primary" type="submit">Enregistrer</button>
</form><div id="liste"></div></div>
"""
OPTIONS = """
<li class="combo-opt" role="option" id="o1" data-value="41" data-label="BENALI Samira">Benali</li>
<li class="combo-opt" role="option" id="o2" data-value="42" data-label="BEN ALI Karim">Ben Ali</li>"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth)
    .map((e) => e.outerHTML.slice(0, 90))"""
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("chromium manque : apt-get install chromium")
    if path is None:
        pytest.skip("chromium manque : apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def stage(chromium):
    context = chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    stage = Stage(context.new_page())
    stage.answers["/personnes/"] = suggestions
    stage.answers["/recu/"] = lambda route: route.fulfill(
        headers={"HX-Trigger": '{"annonce": "Visite close"}'}, body=""
    )
    yield stage
    context.close()
    assert stage.complaints == []


def suggestions(route):
    route.fulfill(
        body=OPTIONS, headers={"Content-Type": "text/html", "HX-Trigger": '{"annonce": "2 personnes"}'}
    )


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}}).response["violations"]
    return [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found]


def slowly(answer):
    def late(route):
        time.sleep(0.3)
        answer(route)

    return late


def visit(**changes):
    return staff_page(VISIT, rows=[1, 2, 3], shell=shell(**changes))


class TestKeyboard:
    def test_slash_and_ctrl_k_go_to_the_command_field(self, stage):
        page = stage.open(visit())
        page.keyboard.press("/")
        expect(page.locator("#commande")).to_be_focused()
        page.locator("#mot").focus()
        page.keyboard.press("Control+k")
        expect(page.locator("#commande")).to_be_focused()

    def test_a_question_mark_lists_the_keys_of_the_page(self, stage):
        page = stage.open(visit())
        page.keyboard.press("?")
        expect(page.locator("[data-page-keys]")).to_have_text("!Retour du terrainNQui ?JSuivante")
        expect(page.get_by_role("button", name="Fermer")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#raccourcis")).to_be_hidden()

    def test_a_single_key_presses_its_link_outside_fields_only(self, stage):
        page = stage.open(visit())
        page.locator("#mot").type("jeudi")
        assert page.url.endswith("/")
        page.locator("h1").click()
        page.keyboard.press("j")
        page.wait_for_url("**#suite")

    def test_an_agent_can_turn_single_keys_off(self, stage):
        page = stage.open(visit(shortcuts_on=False))
        page.keyboard.press("j")
        page.keyboard.press("/")
        assert page.url.endswith("/")
        expect(page.locator("#commande")).not_to_be_focused()
        assert page.locator("[data-key=j]").get_attribute("aria-keyshortcuts") is None

    def test_escape_closes_the_menu_and_gives_the_focus_back(self, stage):
        page = stage.open(visit())
        page.locator("summary.switch").click()
        page.get_by_role("button", name="Lyon 3").focus()
        page.keyboard.press("Escape")
        expect(page.locator("summary.switch")).to_be_focused()
        expect(page.get_by_role("button", name="Lyon 3")).to_be_hidden()

    def test_on_a_telephone_the_command_field_opens_over_the_bar(self, stage):
        stage.page.set_viewport_size({"width": 320, "height": 640})
        page = stage.open(visit())
        page.locator("#commande").click()
        assert page.locator("form.command").bounding_box()["width"] > 250
        assert violations(page) == []

    def test_the_open_menus_and_the_help_are_accessible(self, stage):
        page = stage.open(visit())
        for opener in ("summary.switch", "summary.who", "[data-opens]"):
            page.locator(opener).click()
            assert violations(page) == []
            page.keyboard.press("Escape")


class TestCombobox:
    def test_enter_takes_the_first_suggestion_and_goes_on(self, stage):
        page = stage.open(visit())
        page.locator("#qui").type("ben ali")
        expect(page.locator("#o1")).to_have_attribute("aria-selected", "true")
        expect(page.locator("#annonce")).to_have_text("2 personnes")
        page.keyboard.press("Enter")
        expect(page.locator("[name=person]")).to_have_value("41")
        expect(page.locator("#mot")).to_be_focused()
        assert stage.posts == []

    def test_enter_before_the_answer_waits_for_it(self, stage):
        stage.answers["/personnes/"] = slowly(suggestions)
        page = stage.open(visit())
        page.locator("#qui").type("ben")
        page.keyboard.press("Enter")
        expect(page.locator("[name=person]")).to_have_value("41")
        expect(page.locator("#mot")).to_be_focused()

    def test_arrows_move_and_say_which_option(self, stage):
        page = stage.open(visit())
        page.locator("#qui").type("ben")
        expect(page.locator("#o1")).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#qui")).to_have_attribute("aria-activedescendant", "o2")
        page.keyboard.press("Enter")
        expect(page.locator("#qui")).to_have_value("BEN ALI Karim")

    def test_typing_again_forgets_the_choice(self, stage):
        page = stage.open(visit())
        page.locator("#qui").type("ben")
        expect(page.locator("#o1")).to_be_visible()
        page.keyboard.press("Enter")
        page.locator("#qui").type("x")
        expect(page.locator("[name=person]")).to_have_value("")

    def test_escape_closes_then_clears(self, stage):
        page = stage.open(visit())
        page.locator("#qui").type("ben")
        expect(page.locator("#o1")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#qui")).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("Escape")
        expect(page.locator("#qui")).to_have_value("")

    def test_n_comes_back_to_it_from_anywhere(self, stage):
        page = stage.open(visit())
        page.keyboard.press("n")
        expect(page.locator("#qui")).to_be_focused()
        expect(page.locator("#qui")).to_have_value("")


class TestSubmit:
    def test_ctrl_enter_saves_once_however_often_it_is_pressed(self, stage):
        stage.answers["/visite/"] = slowly(lambda route: route.fulfill(status=204))
        page = stage.open(visit())
        page.locator("#mot").focus()
        sent = submits(page)
        with page.expect_response("**/visite/"):
            for _ in range(3):
                page.keyboard.press("Control+Enter")
        assert (sent(), len(stage.posts)) == (1, 1)
        assert "suite=file" in stage.posts[0]


class TestHtmx:
    def test_the_result_is_said_and_the_focus_goes_to_the_next_row(self, stage):
        page = stage.open(visit())
        page.get_by_role("button", name="Reçu 2").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#r2")).to_have_count(0)
        expect(page.get_by_role("button", name="Reçu 3")).to_be_focused()
        expect(page.locator("#annonce")).to_have_text("Visite close")

    def test_a_failure_is_said_in_words_and_changes_nothing(self, stage):
        stage.answers["/recu/"] = lambda route: route.abort()
        page = stage.open(visit())
        page.get_by_role("button", name="Reçu 1").click()
        expect(page.locator("#panne")).to_contain_text("La connexion est coupée")
        expect(page.locator("#r1")).to_have_count(1)
        stage.complaints.clear()


class TestTheWait:
    def test_an_answer_that_replaces_the_form_ends_it(self, stage):
        stage.answers["/visite/"] = lambda route: route.fulfill(
            headers={"HX-Trigger": '{"annonce": "Visite close"}'}, body="<p>Suivant</p>"
        )
        page = stage.open(staff_page(CARD, shell=shell()))
        page.clock.install()
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("Suivant", exact=True)).to_be_visible()
        page.clock.run_for(1500)
        expect(page.locator("#annonce")).to_have_text("Visite close")
        expect(page.locator("#progres")).to_be_hidden()

    def test_a_field_taken_away_before_its_answer_ends_it(self, stage):
        held: list[Route] = []
        stage.answers["/suggestions/"] = held.append
        stage.answers["/visite/"] = lambda route: route.fulfill(body="<p>Suivant</p>")
        page = stage.open(staff_page(CARD, shell=shell()))
        page.get_by_label("Qui ?").press_sequentially("b")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("Suivant", exact=True)).to_be_visible()
        expect(page.locator("#progres")).to_be_visible()  # the suggestions are still to come
        held[0].fulfill(body="")
        expect(page.locator("#progres")).to_be_hidden()


class TestUndo:
    def test_it_counts_then_gives_way_to_a_sentence_and_stays(self, stage):
        page = stage.open(staff_page('{% include "ui/undo.html" with seconds=2 %}'))
        expect(page.locator("#annonce")).to_contain_text("2 secondes pour annuler")
        page.get_by_role("button", name="Annuler la visite").focus()
        expect(page.locator(".undo")).to_contain_text("La visite est gardée.", timeout=4000)
        expect(page.get_by_role("button", name="Annuler la visite")).to_have_count(0)
        expect(page.locator(".undo")).to_be_focused()


class TestIdleScreen:
    def test_W11_it_warns_and_any_key_keeps_the_session(self, stage):
        stage.page.clock.install()
        page = stage.open(visit())
        page.clock.run_for(481_000)
        expect(page.locator("#veille")).to_be_visible()
        page.keyboard.press("a")
        expect(page.locator("#veille")).to_be_hidden()
        page.clock.run_for(2_000)
        eventually(lambda: stage.posts == ["/rester/"])

    def test_W11_a_screen_left_alone_locks_itself(self, stage):
        stage.page.clock.install()
        page = stage.open(visit())
        with page.expect_response("**/verrouiller/**"):
            page.clock.run_for(602_000)
        assert stage.posts[0].startswith("/verrouiller/")


def gallery():
    """Every piece on one page, each where a page would put it."""
    shown = ["<h1>Pièces</h1><h2>Listes</h2>"]
    for name, given in PIECES.items():
        values = " ".join(f"{key}=pieces.{name}.{key}" for key in given)
        shown.append(f'{{% include "ui/{name}.html" with {values} only %}}' if values else "")
    return "".join(shown)


@pytest.mark.parametrize("width", [1440, 375, 320])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_shell_and_every_piece_are_accessible_and_fit(stage, theme, width):
    # Tall enough for all: the bar at the bottom of a telephone would cover a part of what scrolls.
    stage.page.set_viewport_size({"width": width, "height": 9000})
    page = stage.open(staff_page(VISIT + gallery(), rows=[1], shell=shell(theme=theme), pieces=PIECES))
    assert violations(page) == []
    assert page.evaluate(TOO_WIDE) == []
