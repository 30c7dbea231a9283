"""Merging, splitting, « Pour qui ? »: by those who may not, at one instant, after others changed things."""

import threading
import time

import pytest
from django.db import transaction
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.tickets import services
from requests_app.tickets.errors import Refused, TwoPersons
from requests_app.tickets.models import Event, Participant, State, Ticket
from requests_app.tickets.said import Said

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


class TestSameInstant:
    def test_W12_a_into_b_while_b_into_a(self, make_ticket, amina, chloe, at_once):
        one, other = make_ticket(person=amina), make_ticket(person=amina)
        results = []

        def job(merged, survivor):
            def run():
                try:
                    services.merge_tickets(merged=merged, survivor=survivor, by=chloe, at=NOW)
                    results.append("done")
                except Refused:
                    results.append("refused")

            return run

        at_once(job(one, other), job(other, one))
        assert sorted(results) == ["done", "refused"]
        assert Ticket.objects.exclude(merged_into=None).count() == 1

    def test_W12_undone_twice(self, make_ticket, amina, chloe, at_once):
        one, other = make_ticket(person=amina), make_ticket(person=amina)
        log = services.merge_tickets(merged=one, survivor=other, by=chloe, at=NOW)
        results = []

        def run():
            try:
                services.unmerge_tickets(log=log, by=chloe, at=NOW)
                results.append("done")
            except Refused:
                results.append("refused")

        at_once(run, run)
        assert sorted(results) == ["done", "refused"]
        assert Event.objects.filter(kind=Event.Kind.UNMERGED).count() == 2

    def test_W12_split_twice(self, make_ticket, make_touchpoint, chloe, at_once):
        ticket = make_ticket()
        aside = make_touchpoint(ticket, text="Autre chose")
        results = []

        def run():
            try:
                mine = Ticket.objects.get(pk=ticket.pk)
                services.split(ticket=mine, touchpoint=aside, by=chloe, at=NOW)
                results.append("done")
            except Refused:
                results.append("refused")

        at_once(run, run)
        assert sorted(results) == ["done", "refused"]
        assert aside.split_tickets.count() == 1

    def test_M07_an_answer_that_comes_during_a_merge_is_seen_where_it_goes_on(
        self, make_ticket, amina, chloe, at_once
    ):
        one, other = make_ticket(person=amina), make_ticket(person=amina)
        started = threading.Event()

        def merge():
            with transaction.atomic():
                services.merge_tickets(merged=one, survivor=other, by=chloe, at=NOW)
                started.set()
                time.sleep(0.7)

        def answer():
            started.wait(5)
            at, who = timezone.now(), {"sender_kind": "email", "sender_value": "amina.benali@exemple.fr"}
            words = {"text": "Ma réponse", "reply_text": "Ma réponse", "follows": one.reference}
            services.receive(Said(channel="mail", occurred_at=at, **words, **who), at=at)

        at_once(merge, answer)
        other.refresh_from_db()
        one.refresh_from_db()
        assert (one.state, one.person_wrote_at) == (State.CLOSED, None)
        assert other.person_wrote_at is not None
        assert other.excerpt == "Ma réponse"
