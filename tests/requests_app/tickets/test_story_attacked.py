"""Merging, splitting, « Pour qui ? »: by those who may not, at one instant, after others changed things."""

import pytest
from django.utils import timezone

from requests_app.tickets import services
from requests_app.tickets.errors import TwoPersons
from requests_app.tickets.models import Participant

pytestmark = pytest.mark.django_db
NOW = timezone.now()
Role = Participant.Role


@pytest.fixture
def koffi(make_person):
    return make_person(given_name="Koffi", family_name="Adjei", phone="+33639981777")


class TestNames:
    def test_A03_a_manager_is_not_told_whose_a_reserved_one_is(self, make_ticket, amina, koffi, david):
        plain = make_ticket(person=amina, topic="fsl-acces-maintien")
        reserved = make_ticket(person=koffi, topic="violences-conjugales")
        with pytest.raises(TwoPersons) as refused:
            services.merge_by_number(ticket=plain, number=reserved.reference, by=david, at=NOW)
        assert str(refused.value).startswith("Ce sont deux personnes : Amina Benali, Personne protégée.")

    def test_A02_a_number_that_goes_on_elsewhere_tells_nobodys_name(
        self, make_ticket, amina, koffi, chloe, villeurbanne, make_person
    ):
        mine, here = make_ticket(person=amina), make_ticket(person=koffi)
        other = make_person(given_name="Zoé", family_name="Ailleurs")
        there = make_ticket(person=other, maison=villeurbanne)
        services.merge_tickets(merged=here, survivor=there, is_two_persons=True, by=chloe, at=NOW)
        with pytest.raises(TwoPersons) as refused:
            services.merge_by_number(ticket=mine, number=here.reference, by=chloe, at=NOW)
        assert str(refused.value).startswith("Ce sont deux personnes : Amina Benali, Personne protégée.")
