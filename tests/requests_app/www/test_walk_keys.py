"""The triage list walked to its end: past the first page, in four keys with another topic, nothing hidden."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.tickets.models import State, Ticket
from tests.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What stands at the middle of an element: itself, or something that covers it.
IS_COVERED = """(element) => {
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const seen = document.elementFromPoint(x, y);
  return !(seen && (element.contains(seen) || seen.contains(element)));
}"""


@pytest.fixture
def many(make_ticket):
    now = timezone.now()
    return [
        make_ticket(
            sender=f"Personne {rank:02}",
            text=f"Message {rank:02}.",
            topic="rsa-demande",
            received_at=now - timedelta(days=4, minutes=-rank),
        )
        for rank in range(32)
    ]


def open_at(page, rank):
    page.get_by_text(f"Message {rank:02}.", exact=True).wait_for()


class TestWalk:
    def test_j_goes_on_past_the_page_and_k_comes_back(self, browse, chloe, many):
        page = browse(chloe, f"/tri/{many[24].reference}/")
        open_at(page, 24)
        page.keyboard.press("j")
        open_at(page, 25)
        page.keyboard.press("j")
        open_at(page, 26)
        for rank in (25, 24):
            page.keyboard.press("k")
            open_at(page, rank)

    def test_a_reload_stays_at_the_row_and_the_walk_goes_on(self, browse, chloe, many):
        page = browse(chloe, f"/tri/{many[28].reference}/")
        open_at(page, 28)
        assert page.locator(".trow-on").get_attribute("id") == f"d{many[28].pk}"
        page.keyboard.press("j")
        open_at(page, 29)

    def test_what_is_sorted_on_the_second_page_leads_to_the_next(self, browse, chloe, many):
        page = browse(chloe, f"/tri/{many[28].reference}/")
        open_at(page, 28)
        page.keyboard.press("Enter")
        open_at(page, 29)
        page.keyboard.press("j")
        open_at(page, 30)

    def test_j_at_the_very_end_stays(self, browse, chloe, many):
        page = browse(chloe, f"/tri/{many[31].reference}/")
        page.keyboard.press("j")
        open_at(page, 31)

    def test_no_row_reached_by_key_stands_under_a_bar(self, browse, chloe, many):
        page = browse(chloe, "/tri/", viewport={"width": 1280, "height": 720})
        page.keyboard.press("j")
        open_at(page, 0)
        page.keyboard.press("x")  # the bar of the rows chosen shows
        page.locator(".bulk").wait_for()
        for rank in range(1, 25):
            page.keyboard.press("j")
            open_at(page, rank)
            assert not page.locator(".trow-on").evaluate(IS_COVERED), rank
        for rank in range(23, -1, -1):
            page.keyboard.press("k")
            open_at(page, rank)
            assert not page.locator(".trow-on").evaluate(IS_COVERED), rank

    @pytest.mark.parametrize("width", [360, 1280])
    def test_nothing_that_takes_the_focus_stands_under_a_bar(self, browse, chloe, many, width):
        page = browse(chloe, f"/tri/{many[0].reference}/", viewport={"width": width, "height": 640})
        page.emulate_media(reduced_motion="reduce")  # where it stands at last, not on the way
        page.locator("body").click(position={"x": 2, "y": 80})
        for _rank in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate_handle("document.activeElement").as_element()
            if focused and focused.evaluate(
                "e => e.matches('main *') && e.getBoundingClientRect().height > 1"
            ):
                assert not focused.evaluate(IS_COVERED), focused.evaluate("e => e.outerHTML.slice(0, 200)")


class TestK1:
    def test_another_topic_takes_four_keys(self, browse, chloe, many):
        page = browse(chloe, "/tri/")
        keys = Keys(page)
        keys.press("j")
        open_at(page, 0)
        keys.press("t")
        page.get_by_label("Autre sujet").wait_for()
        keys.type("d")
        keys.press("Enter")
        page.wait_for_url(f"**/tri/{many[1].reference}/**")
        assert keys.count == 4
        sorted_one = Ticket.objects.get(pk=many[0].pk)
        assert sorted_one.state == State.OPEN
        assert sorted_one.topic.label.lower().startswith("d")


class TestTake:
    def test_a_key_sorts_and_takes_what_was_to_sort(self, browse, chloe, many, make_ticket):
        page = browse(chloe, f"/tri/{many[0].reference}/")
        open_at(page, 0)
        with page.expect_navigation():
            page.keyboard.press("a")
        taken = Ticket.objects.get(pk=many[0].pk)
        assert (taken.assignee, taken.state) == (chloe, State.OPEN)
