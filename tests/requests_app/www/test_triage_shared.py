"""A reserved request that several Maisons share, in the list of one of them: its words stay hidden (A03)."""

import pytest
from django.utils import timezone

from requests_app.maisons.models import Maison
from tests.factories import LYON_8

pytestmark = pytest.mark.django_db
TO_OPEN = "Ouvrir pour lire. La lecture est notée."


@pytest.fixture(params=[False, True], ids=["never answered", "wrote again"])
def shared(request, make_ticket):
    wrote_at = timezone.now() if request.param else None
    here = [Maison.objects.get(code=LYON_8).pk]
    return make_ticket(
        maison=None,
        shared_with=here,
        is_sensitive=True,
        marks=["danger"],
        person_wrote_at=wrote_at,
        text="Il me frappe.",
    )


def row_of(client, user, ticket):
    client.force_login(user)
    page = client.get("/tri/").content.decode()
    return page[page.find(f'id="d{ticket.pk}"') :].split("</li>")[0] if f'id="d{ticket.pk}"' in page else ""


def test_A03_a_handler_of_one_of_them_may_open_it_and_sees_the_danger(client, chloe, shared):
    row = row_of(client, chloe, shared)
    assert TO_OPEN in row
    assert "Danger" in row
    assert "frappe" not in row


def test_A03_who_only_receives_people_there_is_told_neither(client, bruno, shared):
    row = row_of(client, bruno, shared)
    assert "Personne protégée" in row
    assert (TO_OPEN in row, "Danger" in row, "frappe" in row) == (False, False, False)


def test_A03_another_maison_has_no_row(client, elsa, shared):
    assert row_of(client, elsa, shared) == ""
