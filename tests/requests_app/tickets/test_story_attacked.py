"""Merging, splitting, « Pour qui ? »: by those who may not, at one instant, after others changed things."""

import threading
import time

import pytest
from django.db import transaction
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.answers.recipients import read_recipients
from requests_app.people.models import Person
from requests_app.people.services import NewPerson, add_point
from requests_app.tickets import services
from requests_app.tickets.errors import GoesOnElsewhere, NotAllowed, Refused, TwoPersons
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, Mark, Participant, State, Ticket, TicketLink, ToDo
from requests_app.tickets.services.danger import mark_if_danger
from requests_app.tickets.services.duplicates import MAX_STEPS, record_duplicate
from requests_app.tickets.services.new_words import record_opinion
from requests_app.tickets.services.participants import MAX_PROPOSED, propose_copied
from requests_app.tickets.services.parties import is_party

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


class TestParticipants:
    def test_ten_thousand_in_copy_are_bounded(self, make_ticket):
        ticket = make_ticket()
        for rank in range(10):
            propose_copied(ticket, [(f"a{rank}.{n}@exemple.fr", "") for n in range(20)], NOW)
        assert ticket.participants.count() == MAX_PROPOSED

    def test_strangers_in_copy_keep_no_place_from_an_agent(self, make_ticket, chloe):
        ticket = make_ticket()
        propose_copied(ticket, [(f"a{n}@exemple.fr", "") for n in range(20)], NOW)
        who = {"address": "soeur@exemple.fr", "name": "Sœur", "role": Role.RELATIVE, "may_receive": True}
        assert services.add_participant(ticket=ticket, **who, by=chloe, at=NOW).added_by == chloe

    @pytest.mark.parametrize("is_added_there_first", [True, False])
    def test_M07_one_removed_is_removed_of_both_and_comes_back_in_both(
        self, make_ticket, amina, chloe, is_added_there_first
    ):
        old, new = make_ticket(person=amina), make_ticket(person=amina)
        who = {"address": "ex@exemple.fr", "name": "Ex", "role": Role.RELATIVE, "may_receive": True}
        for ticket in (new, old) if is_added_there_first else (old, new):
            services.add_participant(ticket=ticket, **who, by=chloe, at=NOW)
        services.merge_tickets(merged=new, survivor=old, by=chloe, at=NOW)
        row = Participant.objects.get(ticket=old)
        services.remove_participant(participant=row, by=chloe, at=NOW)
        assert not Participant.objects.present().exists()
        assert not is_party(old, "ex@exemple.fr", None)
        row.refresh_from_db()
        services.restore_participant(participant=row, by=chloe, at=NOW)
        assert Participant.objects.present().count() == 2

    def test_M07_one_removed_before_the_merge_stays_a_stranger(self, make_ticket, amina, chloe):
        old, new = make_ticket(person=amina), make_ticket(person=amina)
        who = {"address": "ex@exemple.fr", "name": "Ex", "role": Role.RELATIVE, "may_receive": True}
        services.add_participant(ticket=new, **who, by=chloe, at=NOW)
        row = services.add_participant(ticket=old, **who, by=chloe, at=NOW)
        services.remove_participant(participant=row, by=chloe, at=NOW)
        services.merge_tickets(merged=new, survivor=old, by=chloe, at=NOW)
        assert not is_party(old, "ex@exemple.fr", None)


class TestMergedElsewhere:
    """What was merged is seen to where the story goes on, by those who are there."""

    @pytest.fixture
    def both(self, make_ticket, amina, villeurbanne, chloe):
        here, there = make_ticket(person=amina), make_ticket(person=amina, maison=villeurbanne)
        who = {"address": "ex@exemple.fr", "name": "Ex", "role": Role.RELATIVE, "may_receive": True}
        services.add_participant(ticket=here, **who, by=chloe, at=NOW)
        services.ask(ticket=here, kind=ToDo.Kind.LETTER, text="Poster", key="k", at=NOW)
        services.merge_tickets(merged=here, survivor=there, by=chloe, at=NOW)
        here.refresh_from_db()
        return here, there

    def test_A06_its_participants_and_tasks_are_theirs(self, both, elsa, client_of):
        _here, there = both
        client, row, task = client_of(elsa), Participant.objects.get(), ToDo.objects.get()
        url = f"/demandes/{there.reference}/"
        assert client.post(f"{url}participant-retire/", {"which": row.pk}).status_code == 302
        assert client.post(f"{url}chose-faite/", {"which": task.pk}).status_code == 302
        assert not Participant.objects.present().exists()

    def test_A06_and_nobody_else_s(self, both, chloe, bruno):
        for who in (chloe, bruno):
            with pytest.raises(NotAllowed):
                services.remove_participant(participant=Participant.objects.get(), by=who, at=NOW)

    def test_an_opinion_of_the_old_one_is_read_where_it_goes_on(self, both):
        here, there = both
        record_opinion(ticket=here, face="Mécontent", sentence="Trop long", at=NOW)
        here.refresh_from_db()
        there.refresh_from_db()
        assert (here.person_wrote_at, there.person_wrote_at) == (None, NOW)

    def test_N12_a_danger_said_of_the_old_one_is_heard_where_it_goes_on(self, both):
        here, there = both
        mark_if_danger(ticket=here, text="Mon mari me frappe", at=NOW)
        there.refresh_from_db()
        assert Mark.DANGER in there.marks
        assert ToDo.objects.filter(ticket=there, kind=ToDo.Kind.CALL).exists()


class TestWhose:
    def test_taken_back_does_not_bring_back_who_was_removed_since(self, make_ticket, amina, koffi, chloe):
        ticket = make_ticket(person=amina, sender="amina.benali@exemple.fr")
        who = {"address": "amina.benali@exemple.fr", "name": "A", "role": Role.RELATIVE, "may_receive": True}
        row = services.add_participant(ticket=ticket, **who, by=chloe, at=NOW)
        services.choose_person(ticket=ticket, who=koffi, writer_role=Role.HELPER, by=chloe, at=NOW)
        row.refresh_from_db()
        services.remove_participant(participant=row, by=chloe, at=NOW)
        services.restore_person(ticket=Ticket.objects.get(pk=ticket.pk), by=chloe, at=NOW)
        assert not Participant.objects.present().filter(ticket=ticket).exists()

    def test_taken_back_after_the_participant_was_added_again(self, make_ticket, amina, chloe):
        ticket = make_ticket(person=amina)
        who = {"address": "koffi@exemple.fr", "name": "Koffi", "role": Role.RELATIVE, "may_receive": True}
        row = services.add_participant(ticket=ticket, **who, by=chloe, at=NOW)
        services.choose_participant(participant=row, by=chloe, at=NOW)
        services.add_participant(ticket=Ticket.objects.get(pk=ticket.pk), **who, by=chloe, at=NOW)
        services.restore_person(ticket=Ticket.objects.get(pk=ticket.pk), by=chloe, at=NOW)
        assert Participant.objects.filter(ticket=ticket, address="koffi@exemple.fr").count() == 1

    def test_taken_back_a_record_that_holds_more_stays(self, make_ticket, amina, chloe):
        ticket = make_ticket(person=amina)
        who = NewPerson("Oumar", "Girard")
        person = services.choose_person(ticket=ticket, who=who, by=chloe, at=NOW)
        add_point(person=person, kind="phone", typed="06 39 98 21 43", by=chloe, at=NOW)
        services.restore_person(ticket=Ticket.objects.get(pk=ticket.pk), by=chloe, at=NOW)
        assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.django_db(transaction=True)
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
            services.receive(InboundMessage(channel="mail", occurred_at=at, **words, **who), at=at)

        at_once(merge, answer)
        other.refresh_from_db()
        one.refresh_from_db()
        assert (one.state, one.person_wrote_at) == (State.CLOSED, None)
        assert other.person_wrote_at is not None
        assert other.excerpt == "Ma réponse"


class TestEnded:
    """A merged ticket is opened by nobody: it would be read by nobody."""

    @pytest.fixture
    def apart(self, make_ticket, amina, koffi, chloe):
        """Two persons: the link of the first still leads to its own page."""

        def make(end):
            one, other = make_ticket(person=amina), make_ticket(person=koffi)
            end(one)
            one.refresh_from_db()
            services.merge_tickets(merged=one, survivor=other, is_two_persons=True, by=chloe, at=NOW)
            one.refresh_from_db()
            return one

        return make

    def test_the_person_does_not_open_it_again(self, apart):
        one = apart(lambda ticket: services.withdraw(ticket=ticket, at=NOW))
        with pytest.raises(Refused, match="suivie dans une autre"):
            services.undo_withdrawal(ticket=one, at=NOW)

    def test_nor_an_agent_by_the_verbs_of_its_page(self, apart, chloe, make_person):
        def pass_on(ticket):
            Ticket.objects.filter(pk=ticket.pk).update(transfer_body="CAF")
            ticket.refresh_from_db()
            services.transfer(ticket=ticket, by=chloe, at=NOW)

        one = apart(pass_on)
        for verb in (services.undo_transfer, services.cut_links, services.restore_danger):
            with pytest.raises(GoesOnElsewhere):
                verb(ticket=one, by=chloe, at=NOW)
        with pytest.raises(GoesOnElsewhere):
            services.choose_person(ticket=one, who=make_person(family_name="Roux"), by=chloe, at=NOW)


class TestFlooded:
    def test_M07_a_thousand_proposals_hide_no_link_that_was_kept(self, make_ticket, chloe, client_of):
        ticket, kept = make_ticket(), make_ticket()
        for rank in range(25):
            services.link(from_ticket=make_ticket(), to_ticket=ticket, kind="proposed", at=NOW)
            if rank == 12:
                services.link_by_number(ticket=ticket, number=kept.reference, by=chloe, at=NOW)
        TicketLink.objects.filter(is_accepted=None, pk__lt=TicketLink.objects.last().pk - 3).update(
            is_accepted=False
        )
        shown = client_of(chloe).get(f"/demandes/{ticket.reference}/").context["beside"].links
        assert kept.reference in {each.reference for each in shown}
        assert len(shown) == 5

    def test_the_same_mail_a_thousand_times_adds_nothing_to_read(self, make_ticket):
        first = make_ticket().touchpoints.get()
        for rank in range(60):
            record_duplicate(touchpoint_id=first.pk, step={"at": NOW.isoformat(), "text": f"{rank}"})
        first.refresh_from_db()
        assert (len(first.facts["way"]), first.facts["way"][-1]["text"]) == (MAX_STEPS, "59")


class TestAnswered:
    def test_O08_a_strangers_words_merged_by_one_key_are_not_answered_first(
        self, make_ticket, amina, koffi, chloe, client_of
    ):
        ticket = make_ticket(person=amina, sender="amina.benali@exemple.fr")
        pirate = make_ticket(person=koffi, sender="amina@pirate.fr", received_at=NOW)
        found = services.link(from_ticket=pirate, to_ticket=ticket, kind="proposed", at=NOW)
        services.merge_linked(found=found, by=chloe, at=NOW)
        first, *others = read_recipients(ticket)
        assert first.address in {"amina.benali@exemple.fr", "+33639981234"}
        warnings = {each.address: each.warning for each in others}
        assert "Quelqu’un d’autre a écrit d’ici" in warnings["amina@pirate.fr"]
        page = client_of(chloe).get(f"/demandes/{ticket.reference}/")
        assert page.context["composer"].ways[0].address == first.address
