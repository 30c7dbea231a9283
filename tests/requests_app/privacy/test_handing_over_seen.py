"""P04, P05: the pages of a person's data in a browser: read, hide more by hand, ask for the erasure."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from requests_app.tickets.models import State
from tests.browser import violations

pytestmark = pytest.mark.django_db(transaction=True)


def test_P04_P05_an_agent_reads_hides_and_asks_for_the_erasure(
    browse, central, make_person, make_ticket, chloe
):
    person = make_person(given_name="Amina", family_name="Benali", email="amina@exemple.fr")
    make_ticket(
        person=person, state=State.CLOSED, text="Le voisin, M. Orban, crie.", sender="amina@exemple.fr"
    )
    make_ticket(person=person, text="Je voudrais mes données.", topic="droits-donnees")
    page = browse(central, reverse("archives:person_data", args=[person.pk]))
    page.get_by_role("link", name="Relire et donner ses données").click()
    page.get_by_label("Masquer aussi").fill("M. Orban")
    page.get_by_role("button", name="Masquer et relire").click()
    expect(page.locator("mark")).to_have_text("[un tiers]")
    expect(page.get_by_text("1 passage est masqué.")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as given:
        page.get_by_role("button", name="Tout en JSON").click()
    assert re.fullmatch(r"mes-donnees-[\d-]+\.json", given.value.suggested_filename)
    page.get_by_role("link", name="Ses données").click()
    page.get_by_role("button", name="Demander l’effacement").click()
    expect(page.get_by_text("Effacement demandé le")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Elle ne demande plus l’effacement").click()
    expect(page.get_by_text("Effacement demandé le")).to_have_count(0)
