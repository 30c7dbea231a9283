"""Two files of one person become one, and two again."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.casefile.person_search import search_people
from requests_app.casefile.similar_records import duplicates_of
from requests_app.people.merging import FIRST, SECOND, fingerprint
from requests_app.people.models import MergeLog, Person
from requests_app.people.selectors import points_of, survivor_of
from requests_app.people.services import Need, forget_different, note_needs, say_different, set_needs
from requests_app.people.services.needs import etag_of_needs as needs_seen
from requests_app.tickets.errors import ChangedMeanwhile, NotAllowed, Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.services import forget_merges, merge_persons, unmerge_persons
from requests_app.tickets.services.speakers import find_speaker

pytestmark = pytest.mark.django_db
PHONE, MAIL = "+33639981234", "amina.benali@exemple.fr"
TAKE_ALL = dict.fromkeys(["given_name", "family_name", "usage_name", "birth"], SECOND)
KEEP_ALL = dict.fromkeys(TAKE_ALL, FIRST)


@pytest.fixture
def twin(make_person):
    """Amina once more, written by somebody else."""
    return make_person(
        given_name="Aminata", family_name="Ben Ali", birth_year=1969, phone=PHONE, email="autre@exemple.fr"
    )


@pytest.fixture
def both(amina, twin, make_ticket):
    return make_ticket(person=amina), make_ticket(person=twin)


@pytest.fixture
def merge(amina, twin, chloe):
    def do(*, by=chloe, at=None, survivor=amina, merged=twin, choices=KEEP_ALL, seen=None):
        survivor.refresh_from_db()
        merged.refresh_from_db()
        seen = fingerprint(survivor, merged) if seen is None else seen
        return merge_persons(
            survivor=survivor, merged=merged, choices=choices, seen=seen, by=by, at=at or timezone.now()
        )

    return do


def whole(person):
    """All that is theirs, to be found again as it was."""
    person.refresh_from_db()
    return (
        {
            name: getattr(person, name)
            for name in ("given_name", "family_name", "birth_year", "merged_into_id")
        },
        list(person.contact_points.order_by("pk").values()),
        list(person.access_needs.order_by("pk").values()),
        list(person.tickets.order_by("pk").values_list("pk", flat=True)),
    )


class TestMerge:
    def test_brings_demands_contacts_and_needs_together(self, both, amina, twin, merge):
        note_needs(person=twin, needs=[Need("large_print")], at=timezone.now())

        merge()

        assert set(amina.tickets.all()) == set(both)
        values = {point.value for point in points_of(amina.pk)}
        assert values == {PHONE, MAIL, "autre@exemple.fr"}
        assert amina.access_needs.get().kind == "large_print"
        assert not twin.contact_points.exists()

    @pytest.mark.parametrize(("choices", "name"), [(KEEP_ALL, "Amina Benali"), (TAKE_ALL, "Aminata Ben Ali")])
    def test_keeps_the_values_chosen(self, both, amina, merge, choices, name):
        merge(choices=choices)
        amina.refresh_from_db()
        assert amina.full_name == name

    def test_wants_a_choice_where_they_differ(self, both, merge):
        with pytest.raises(Refused, match="Choisissez"):
            merge(choices={"given_name": FIRST})
        assert not MergeLog.objects.exists()

    def test_S05_a_refusal_said_to_one_of_the_two_stays(self, both, amina, twin, merge):
        twin.contact_points.filter(value=PHONE).update(usable_for=["reminder"], needs_check=True)

        merge()

        point = amina.contact_points.get(value=PHONE)
        assert (point.usable_for, point.needs_check) == (["reminder"], True)

    def test_a_need_of_both_keeps_what_an_agent_heard(self, both, amina, twin, merge, chloe):
        at = timezone.now()
        note_needs(person=amina, needs=[Need("interpreter")], at=at)
        set_needs(person=twin, needs=[Need("interpreter", "arabe")], seen=needs_seen([]), by=chloe, at=at)

        merge()

        need = amina.access_needs.get()
        assert (need.detail, need.is_confirmed) == ("arabe", True)

    def test_tells_it_in_every_demand_of_both(self, both, chloe, merge):
        merge()
        told = Event.objects.filter(kind="person_merged", by=chloe)
        assert set(told.values_list("ticket", flat=True)) == {ticket.pk for ticket in both}

    def test_leads_from_the_old_number_even_twice_removed(
        self, both, amina, twin, merge, make_person, make_ticket
    ):
        third = make_person(given_name="Amina", family_name="B.")
        make_ticket(person=third)
        merge()
        merge(survivor=third, merged=amina)
        twin.refresh_from_db()
        assert survivor_of(twin) == third

    def test_is_not_found_by_a_search_any_more(self, both, twin, central, merge):
        merge()
        found = search_people(scope_of(central), "aminata", at=timezone.now())
        assert twin.pk not in [line.id for line in found]

    def test_a_demand_that_arrives_for_the_old_file_is_the_survivor_s(
        self, both, amina, twin, merge, make_ticket
    ):
        merge()
        late = make_ticket(person=twin)
        late.refresh_from_db()
        assert late.person == amina

    def test_a_visitor_chosen_before_the_merge_is_the_survivor(self, both, amina, twin, merge):
        merge()
        said = InboundMessage(channel="frontdesk", occurred_at=timezone.now(), text="", person_id=twin.pk)
        speaker = find_speaker(said)
        assert speaker is not None
        assert speaker.person == amina


class TestRefusals:
    @pytest.mark.parametrize("side", ["amina", "twin"])
    def test_A06_pulls_in_no_demand_of_another_place(
        self, request, side, both, villeurbanne, make_ticket, merge, amina, twin
    ):
        far = make_ticket(person=request.getfixturevalue(side), maison=villeurbanne)

        with pytest.raises(NotAllowed):
            merge()

        far.refresh_from_db()
        twin.refresh_from_db()
        assert (far.person, twin.merged_into) == (request.getfixturevalue(side), None)

    def test_A03_a_manager_merges_no_sensitive_demand(self, both, twin, david, make_ticket, merge):
        make_ticket(person=twin, topic="violences-conjugales")
        with pytest.raises(NotAllowed):
            merge(by=david)

    def test_A06_the_desk_merges_nobody(self, both, bruno, merge):
        with pytest.raises(NotAllowed):
            merge(by=bruno)

    def test_W12_refuses_a_page_older_than_a_colleague_s_change(self, both, amina, twin, merge):
        seen = fingerprint(amina, twin)
        Person.objects.filter(pk=twin.pk).update(family_name="Haddad")
        with pytest.raises(ChangedMeanwhile):
            merge(seen=seen)

    def test_the_second_merge_is_told_so(self, both, amina, twin, merge):
        merge()
        with pytest.raises(Refused, match="vient de réunir"):
            merge()

    def test_nobody_is_merged_with_herself(self, both, amina, merge):
        with pytest.raises(Refused):
            merge(merged=amina)


class TestUndo:
    def test_gives_back_all_as_it_was(self, both, amina, twin, merge, chloe):
        now = timezone.now()
        note_needs(person=amina, needs=[Need("call")], at=now)
        note_needs(person=twin, needs=[Need("call", "le soir"), Need("large_print")], at=now)
        twin.contact_points.filter(value=PHONE).update(usable_for=["reminder"], verified_at=now)
        before = whole(amina), whole(twin)

        unmerge_persons(log=merge(choices=TAKE_ALL), by=chloe, at=now + timedelta(days=29))

        assert (whole(amina), whole(twin)) == before
        assert MergeLog.objects.get().moved == {}

    def test_keeps_what_was_changed_since(self, both, amina, twin, merge, chloe, make_ticket):
        log = merge(choices=TAKE_ALL)
        Person.objects.filter(pk=amina.pk).update(given_name="Mina")
        amina.contact_points.filter(value="autre@exemple.fr").delete()
        since = make_ticket(person=amina)

        unmerge_persons(log=log, by=chloe, at=timezone.now())

        amina.refresh_from_db()
        assert (amina.given_name, amina.family_name) == ("Mina", "Benali")
        assert [point.value for point in points_of(twin.pk)] == [PHONE]
        since.refresh_from_db()
        assert since.person == amina

    def test_says_which_demands_went_elsewhere_meanwhile(self, both, twin, merge, chloe, make_person):
        log, other = merge(), make_person(given_name="Léa", family_name="Vial")
        Ticket.objects.filter(pk=both[1].pk).update(person=other)

        assert unmerge_persons(log=log, by=chloe, at=timezone.now()).stayed == 1
        both[1].refresh_from_db()
        assert both[1].person == other

    def test_is_too_late_after_thirty_days_and_nothing_is_kept_for_it(self, both, merge, chloe):
        at = timezone.now()
        log, later = merge(at=at), at + timedelta(days=30)
        with pytest.raises(Refused, match="30 jours"):
            unmerge_persons(log=log, by=chloe, at=later)
        assert forget_merges(at=later) == 1
        log.refresh_from_db()
        assert log.moved == {}

    def test_comes_once(self, both, merge, chloe):
        log = merge()
        unmerge_persons(log=log, by=chloe, at=timezone.now())
        with pytest.raises(Refused, match="déjà annulée"):
            unmerge_persons(log=log, by=chloe, at=timezone.now())

    def test_A06_needs_the_right_to_the_demands_it_moves(self, both, merge, chloe, villeurbanne):
        log = merge()
        Ticket.objects.filter(pk=both[1].pk).update(maison=villeurbanne)
        with pytest.raises(NotAllowed):
            unmerge_persons(log=log, by=chloe, at=timezone.now())

    def test_the_last_merge_goes_first(self, both, amina, merge, chloe, make_person, make_ticket):
        third = make_person(given_name="Amina", family_name="B.")
        make_ticket(person=third)
        log = merge()
        last = merge(survivor=third, merged=amina)

        with pytest.raises(Refused, match="d’abord la dernière"):
            unmerge_persons(log=log, by=chloe, at=timezone.now())

        unmerge_persons(log=last, by=chloe, at=timezone.now())
        unmerge_persons(log=log, by=chloe, at=timezone.now())


class TestProposed:
    def found(self, person, user):
        lines = duplicates_of(person, points_of(person.pk), scope=scope_of(user))
        return [line.id for line in lines]

    def test_among_those_the_agent_may_know(self, amina, make_person, make_ticket, chloe):
        same = make_person(given_name="Amina", family_name="Ben Ali", birth_year=1968)
        make_ticket(person=same)
        assert self.found(amina, chloe) == [same.pk]

    def test_A02_and_nobody_of_another_place(
        self, amina, make_person, make_ticket, chloe, villeurbanne, central
    ):
        same = make_person(given_name="Amina", family_name="Benali", birth_year=1968, phone=PHONE)
        make_ticket(person=same, maison=villeurbanne)
        assert self.found(amina, chloe) == []
        assert self.found(amina, central) == [same.pk]

    def test_never_on_a_telephone_alone(self, amina, make_person, make_ticket, chloe):
        make_ticket(person=make_person(given_name="Karim", family_name="Haddad", phone=PHONE))
        make_ticket(person=make_person(phone=PHONE))
        assert self.found(amina, chloe) == []

    def test_not_once_an_agent_said_no_until_it_is_taken_back(self, amina, make_person, make_ticket, chloe):
        same = make_person(given_name="Amina", family_name="Benali", birth_year=1968)
        make_ticket(person=same)
        say_different(one=same, other=amina, by=chloe, at=timezone.now())
        say_different(one=amina, other=same, by=chloe, at=timezone.now())
        assert self.found(amina, chloe) == []
        forget_different(one=amina, other=same)
        assert self.found(amina, chloe) == [same.pk]

    def test_nor_once_they_are_one(self, both, amina, merge, chloe):
        merge()
        assert self.found(amina, chloe) == []


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_W12_two_merges_the_other_way_round_end_as_one(self, both, amina, twin, chloe, at_once):
        seen = {True: fingerprint(amina, twin), False: fingerprint(twin, amina)}

        def job(straight):
            one, other = (amina, twin) if straight else (twin, amina)

            def run():
                try:
                    merge_persons(
                        survivor=one,
                        merged=other,
                        choices=KEEP_ALL,
                        seen=seen[straight],
                        by=chloe,
                        at=timezone.now(),
                    )
                except Refused as refused:
                    return str(refused)
                return "done"

            return run

        at_once(job(True), job(False))

        assert MergeLog.objects.count() == 1
        assert Person.objects.exclude(merged_into=None).count() == 1

    def test_a_demand_that_comes_during_a_merge_is_the_survivor_s(
        self, both, amina, twin, chloe, merge, make_ticket, at_once
    ):
        def slow_merge():
            with transaction.atomic():
                merge()
                started.set()
                time.sleep(0.5)

        def arrive():
            started.wait(5)
            make_ticket(person=twin)

        started = threading.Event()
        at_once(slow_merge, arrive)

        assert not Ticket.objects.filter(person=twin).exists()
        assert Ticket.objects.filter(person=amina).count() == 3
