"""A sensitive topic is proposed in Tri to those who may read it, and written nowhere (threats: A03)."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.markup import compact

pytestmark = pytest.mark.django_db
LABEL = "Violences dans le couple ou la famille"


@pytest.fixture
def ticket(make_ticket):
    return make_ticket(text="Bonjour, mon mari me frappe depuis un mois.", topic=None)


def preview(client_of, user, ticket):
    return compact(client_of(user).get(f"/tri/{ticket.reference}/").content.decode())


def proposal_in(page):
    return page.partition('id="proposition"')[2].partition("Priorité")[0]


def test_is_shown_with_its_words_to_who_handles_such_tickets(client_of, chloe, ticket):
    shown = proposal_in(preview(client_of, chloe, ticket))
    assert f"<dd>{LABEL}<small>" in shown
    assert "« mari », « me », « frappe »" in shown.replace("\u00a0", " ").replace("\u202f", " ")


def test_A03_is_not_shown_to_a_manager(client_of, david, ticket):
    shown = proposal_in(preview(client_of, david, ticket))
    assert f"<dd>{LABEL}" not in shown
    assert "« mari" not in shown
    assert "selected>Violences" not in shown


def test_A03_is_in_no_list(client_of, chloe, david, ticket):
    for user in (chloe, david):
        assert f"<bdi>{LABEL}</bdi>" not in compact(client_of(user).get("/tri/").content.decode())
    ticket.refresh_from_db()
    assert (ticket.proposed_topic, ticket.proposed_words, ticket.is_sensitive) == (None, [], False)


def test_is_accepted_by_the_key_that_accepts_any(client_of, chloe, ticket):
    page = preview(client_of, chloe, ticket)
    chosen = page.partition(f'" selected>{LABEL}')[0].rpartition('value="')[2]
    version = page.partition('name="version" value="')[2].partition('"')[0]
    client_of(chloe).post(
        f"/demandes/{ticket.reference}/trier/", {"version": version, "topic": chosen, "maison": ""}
    )
    ticket.refresh_from_db()
    assert (ticket.topic.code, ticket.state, ticket.is_sensitive) == ("violences-conjugales", "open", True)


def test_is_told_to_who_has_every_right(ticket):
    out = StringIO()
    call_command("show_ticket", ticket.reference, "--json", stdout=out)
    assert json.loads(out.getvalue())["proposed_topic"] == "violences-conjugales"
