"""Merging, splitting, « Pour qui ? »: by those who may not, at one instant, after others changed things."""

import pytest
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.tickets import services
from requests_app.tickets.errors import Refused, TwoPersons
from requests_app.tickets.models import Participant, Ticket

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


class TestSplit:
    def test_of_a_shared_queue_stays_shared(self, make_ticket, make_touchpoint, chloe, lyon_8, villeurbanne):
        ticket = make_ticket(maison=None, shared_with=[lyon_8.pk, villeurbanne.pk])
        aside = make_touchpoint(ticket, text="Autre chose")
        new = services.split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        assert new.shared_with == ticket.shared_with
        services.unsplit(touchpoint=aside, by=chloe, at=NOW)
        assert Ticket.objects.get() == ticket

    def test_taken_back_loses_no_colleagues_words(self, make_ticket, make_touchpoint, chloe, bruno):
        ticket = make_ticket()
        aside = make_touchpoint(ticket, text="Autre chose")
        new = services.split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        Draft.objects.create(ticket=new, author=bruno, kind="note", text="Elle rappelle", updated_at=NOW)
        with pytest.raises(Refused):
            services.unsplit(touchpoint=aside, by=chloe, at=NOW)

    def test_taken_back_with_an_appointment(self, make_ticket, make_touchpoint, chloe, make_appointment):
        ticket = make_ticket()
        aside = make_touchpoint(ticket, text="Autre chose")
        new = services.split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        make_appointment(ticket=new, agent=chloe)
        with pytest.raises(Refused):
            services.unsplit(touchpoint=aside, by=chloe, at=NOW)

    def test_taken_back_with_a_link(self, make_ticket, make_touchpoint, chloe):
        ticket, other = make_ticket(), make_ticket()
        aside = make_touchpoint(ticket, text="Autre chose")
        new = services.split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
        services.link_by_number(ticket=new, number=other.reference, by=chloe, at=NOW)
        with pytest.raises(Refused):
            services.unsplit(touchpoint=aside, by=chloe, at=NOW)
