"""At the counter, beyond the searches of an hour: said on the field, going on with a new person (A05)."""

import pytest
from playwright.sync_api import expect

from requests_app.access.models import PersonSearch
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_A05_the_field_says_it_and_a_new_person_can_be_noted(
    browse, bruno, david, amina, make_ticket, settings
):
    settings.PERSON_SEARCHES_PER_HOUR = 0
    make_ticket(person=amina)
    page = browse(bruno, "/accueil/")
    page.keyboard.type("benali")
    said = page.get_by_role("option", name="Attendez quelques minutes")
    expect(said).to_contain_text("appelez David Roux")
    expect(page.get_by_text("Amina")).to_have_count(0)
    assert violations(page) == []
    said.click(force=True)
    expect(page.locator("#qui")).to_have_value("benali")
    page.keyboard.press("Enter")
    expect(page.locator("#qui")).not_to_have_attribute("aria-expanded", "true")
    assert {row.was_refused for row in PersonSearch.objects.all()} == {True}
