"""A name written from right to left turns nothing of the sentence it stands in."""

import pytest
from django.utils import timezone

from requests_app.tickets.errors import TwoPersons
from requests_app.tickets.selectors.events import sentence
from requests_app.tickets.services import merge_tickets

pytestmark = pytest.mark.django_db
AISHA, SARAH = "عائشة بن علي", "שרה כהן"


def alone(name):
    return f"\u2068{name}\u2069"


@pytest.fixture
def aisha(make_person):
    return make_person(given_name="عائشة", family_name="بن علي")


def test_in_a_notice_of_the_composer(make_ticket, aisha, client_of, chloe):
    ticket = make_ticket(person=aisha)
    page = client_of(chloe).get(f"/demandes/{ticket.reference}/").content.decode()
    assert f"utilisable pour {alone(AISHA)}." in page


def test_in_a_refusal_that_names_two(make_ticket, make_person, aisha, chloe):
    sarah = make_person(given_name="שרה", family_name="כהן")
    one, other = make_ticket(person=aisha), make_ticket(person=sarah)
    with pytest.raises(TwoPersons, match=f"{alone(AISHA)}, {alone(SARAH)}"):
        merge_tickets(merged=one, survivor=other, by=chloe, at=timezone.now())


def test_in_a_line_of_the_story():
    words = sentence("person_linked", "Chloé", {"from": AISHA, "to": SARAH})
    assert words == f"Chloé a changé la personne : {alone(AISHA)} devient {alone(SARAH)}"
