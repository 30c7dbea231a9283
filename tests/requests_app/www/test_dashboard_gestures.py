"""What David does on Monday, in a real browser: keys and clicks against their targets (ux.md, C1–C4)."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.indicators.rolling import roll
from tests.browser import violations
from tests.keys import Keys

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/tableau-de-bord/"
SCREEN = {"width": 1280, "height": 800}
DAY = timedelta(days=1)


@pytest.fixture
def lived(make_ticket, villeurbanne):
    """Tickets of three weeks, at two Maisons; the one receives more, the other answers slower."""
    now = timezone.now()
    for age in range(2, 20):
        at = now - age * DAY
        make_ticket(text=None, received_at=at, topic="velo", first_answered_at=at + DAY)
        make_ticket(text=None, received_at=at, topic="rsa-demande")
        if age % 3 == 0:
            slow = at + 2 * DAY
            make_ticket(text=None, received_at=at, maison=villeurbanne, first_answered_at=slow)
    make_ticket(text=None, maison=None)
    roll(at=now)


class Hand(Keys):
    """Clicks and keys, counted together."""

    def click(self, target):
        self.count += 1
        target.click()

    def tab_to(self, target):
        """Walk there by Tab, from where the focus is: the walk is not an effort of the target."""
        for _step in range(200):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("out of reach of the keyboard")


@pytest.fixture
def david_s(browse, david, lived):
    return browse(david, PAGE, viewport=SCREEN)


@pytest.fixture
def whole(browse, central, lived):
    return browse(central, PAGE, viewport=SCREEN)


def test_C1_five_numbers_are_read_without_a_gesture(david_s):
    """All within the first screen, title, number and trend."""
    cards = david_s.locator(".kpis > li")
    assert cards.count() == 5
    for card in cards.all():
        box = card.bounding_box()
        assert box["y"] + box["height"] <= SCREEN["height"]
        assert card.locator("a").inner_text().strip()


@pytest.mark.parametrize("rank", range(5))
def test_C2_from_a_number_to_its_list_in_one_click(david_s, rank):
    hand, card = Hand(david_s), david_s.locator(".kpis > li").nth(rank)
    figure = card.locator("a").inner_text().split("\n")[0].split()[0]
    if rank == 3:  # a delay: its list is that of the answers
        figure = card.locator("p").first.inner_text().split()[1]
    hand.click(card.locator("a"))
    assert david_s.locator("#liste .count").inner_text() == figure
    assert hand.count <= 1


def test_C2_by_the_keyboard_too(david_s):
    hand, link = Hand(david_s), david_s.locator(".kpis > li a").first
    figure = link.inner_text().split()[0]
    hand.tab_to(link)
    hand.press("Enter")
    david_s.wait_for_url("**/tri/**")
    assert david_s.locator("#liste .count").inner_text() == figure
    assert hand.count <= 1


def test_C3_maisons_are_compared_by_their_median_in_one_click(whole):
    """The small slow one comes before the large quick one, whatever they receive."""
    hand = Hand(whole)
    hand.click(whole.get_by_role("link", name="1re réponse, médiane"))
    heads = whole.locator("table.tbl th[aria-sort]")
    assert heads.get_attribute("aria-sort") == "descending"
    assert "médiane" in heads.inner_text()
    table = whole.get_by_role("table", name="Par lieu d’accueil")
    labels = table.locator("tbody th").all_inner_texts()
    assert "Villeurbanne" in labels[0]
    assert "Par jour ouvré" in table.locator("thead").inner_text()
    assert hand.count <= 1


def test_C4_a_file_has_the_same_filter_and_total_in_one_click(whole):
    whole.goto(f"{whole.url.split('?')[0]}?lieu=P84&sujet=velo&periode=12-semaines")
    hand, figure = Hand(whole), whole.locator(".kpis > li a").first.inner_text().split()[0]
    with whole.expect_download() as download:
        hand.click(whole.get_by_role("link", name="Exporter en CSV"))
    with open(download.value.path(), encoding="utf-8-sig") as file:
        rows = list(csv.reader(io.StringIO(file.read()), delimiter=";"))
    assert rows[1][2] == figure == "18"
    assert "Vélo’v" in rows[1][1]
    assert hand.count <= 1


def test_C4_paper_has_the_same_filter_and_total_in_one_click(whole):
    """What is asked of the printer is this page: its title, its numbers, no button, no menu."""
    whole.goto(f"{whole.url.split('?')[0]}?lieu=P84&sujet=velo")
    whole.evaluate("() => { window.print = () => { document.body.dataset.printed = '1'; }; }")
    hand = Hand(whole)
    hand.click(whole.get_by_role("button", name="Imprimer"))
    assert whole.evaluate("document.body.dataset.printed") == "1"
    assert hand.count <= 1
    whole.emulate_media(media="print")
    assert whole.locator(".phead p").is_visible()
    assert "Vélo’v" in whole.locator(".phead p").inner_text()
    assert whole.locator(".kpis > li a").first.is_visible()
    for hidden in (".filters", ".rail", ".topbar", ".actions"):
        assert not whole.locator(hidden).first.is_visible()


def test_paper_is_never_wider_than_a_sheet(whole):
    whole.set_viewport_size({"width": 720, "height": 1000})
    whole.emulate_media(media="print")
    assert whole.evaluate("document.documentElement.scrollWidth") <= 720


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_nothing_stands_in_anyone_s_way_with_a_filter(browse, central, lived, scheme, width):
    page = browse(
        central,
        f"{PAGE}?sujet=velo&lieu=tous",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    for summary in page.locator("details.why > summary").all():
        summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
