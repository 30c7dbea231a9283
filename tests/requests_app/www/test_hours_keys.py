"""Chloé's week edited by keyboard alone; each page is read by everyone, at 320 px too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.slots.models import Absence, Opening
from requests_app.slots.weeks import next_weekday
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = """(() => {
  const it = document.activeElement;
  return ((it.labels && it.labels.length ? it.labels[0] : it).textContent || "").replace(/\\s+/g, " ").trim();
})()"""


def tab_to(page, name, *, within=80):
    """Go round with Tab until a control whose name begins so has focus."""
    for _turn in range(within):
        page.keyboard.press("Tab")
        if page.evaluate(NAME).replace("\u00a0", " ").startswith(name):
            return
    raise AssertionError(name)


def press_on(page, name):
    tab_to(page, name)
    page.keyboard.press("Enter")


def type_hour(page, label, digits):
    """Type an hour; where the browser counts by twelve, the last letters say which half of the day."""
    tab_to(page, label)
    page.keyboard.type(digits)


def look(page):
    """Check what axe finds, and that nothing is wider than a small telephone."""
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_week_is_edited_by_keyboard(browse, chloe, lyon_8):
    monday = next_weekday(timezone.localdate() + timedelta(days=7), 0)
    page = browse(chloe, f"/agenda/horaires/?jour={monday}")
    page.keyboard.press("p")
    page.wait_for_url("**/plage/**")
    look(page)
    type_hour(page, "De", "0900AM")
    type_hour(page, "À", "1100AM")
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="De 9 h à 11 h").wait_for()
    opening = Opening.objects.get()
    assert (opening.starts_on, opening.rrule, opening.maison_id) == (monday, "FREQ=WEEKLY", lyon_8.pk)
    look(page)

    press_on(page, "De 9 h à 11 h")
    page.wait_for_url("**/plage/*/**")
    press_on(page, "Seulement le")
    page.get_by_role("heading", name="0 rendez-vous à déplacer").wait_for()
    look(page)
    press_on(page, "Annuler")
    page.get_by_role("button", name="Remettre").wait_for()
    assert not Absence.objects.standing().exists()

    page.goto(page.url.partition("/agenda/")[0] + f"/agenda/horaires/plage/{opening.pk}/?jour={monday}")
    look(page)
    press_on(page, "Terminer à partir du")
    page.locator(".undo strong", has_text="La plage est terminée.").wait_for()
    assert not Opening.objects.standing().exists()
    look(page)
    press_on(page, "Annuler")
    page.get_by_text("La plage est comme avant.").first.wait_for()
    assert Opening.objects.standing().get().valid_until is None

    page.goto(page.url.partition("/agenda/")[0] + f"/agenda/?jour={monday}&vue=semaine&agent={chloe.pk}")
    page.get_by_text("Reçoit de 9 h à 11 h").first.wait_for()
    look(page)
