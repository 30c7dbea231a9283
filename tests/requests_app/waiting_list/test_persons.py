"""Persons merged, telephones shared or given up, between an offer and its answer."""

from datetime import timedelta

import pytest

from requests_app.appointments.models import Appointment
from requests_app.outbox import preflight
from requests_app.outbox.models import Outgoing
from requests_app.people import merging
from requests_app.people.models import ContactPoint
from requests_app.people.services import choose
from requests_app.tickets.services.merging import merge_persons, unmerge_persons
from requests_app.tickets.services.ticket_merging import merge_tickets
from requests_app.waiting_list.errors import AlreadyWaiting, CannotBeTold, ListedTooOften
from requests_app.waiting_list.models import Offer, Place
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.waiting_list.conftest import MINUTE, asked, number_of, sweep
from tests.requests_app.waiting_list.simulation import count_above_cap, count_doubles
from tests.requests_app.waiting_list.test_offers import LATER, freed, say  # noqa: F401

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LANDLINE = "+33478000001"


@pytest.fixture
def merge(chloe):
    def unite(survivor, merged, at=LATER + MINUTE):
        seen = merging.fingerprint(survivor, merged)
        first = {row.name: "first" for row in merging.attributes_of(survivor, merged)}
        return merge_persons(survivor=survivor, merged=merged, choices=first, seen=seen, by=chloe, at=at)

    return unite


@pytest.fixture
def stranger(make_person, make_ticket):
    """Somebody who waits for nothing, with a request at the same Maison."""

    def make(phone):
        person = make_person(given_name="Double", family_name="Attend", phone=phone)
        return make_ticket(person=person, topic="rsa-demande", received_at=NOW - DAY).person

    return make


def share(first, second):
    """Give two persons the number of the first."""
    ContactPoint.objects.filter(person=second.ticket.person_id).update(value=number_of(0))


def booked():
    return list(Appointment.objects.expected().values_list("ticket", "starts_at"))


class TestMerged:
    @pytest.mark.parametrize("is_survivor", [True, False])
    @pytest.mark.parametrize("phone", [number_of(0), "+33639997777", None])
    def test_between_the_offer_and_yes_it_is_still_theirs(
        self,
        wait,
        freed,  # noqa: F811
        merge,
        stranger,
        is_survivor,
        phone,
    ):
        place = wait()
        freed()
        sweep(LATER)
        pair = (place.ticket.person, stranger(phone))
        merge(*pair if is_survivor else pair[::-1])
        assert say("OUI", 0, LATER + 2 * MINUTE).reference == place.ticket.reference
        say("OUI", 0, LATER + 3 * MINUTE)
        place.refresh_from_db()
        assert (booked(), place.ended_why) == ([(place.ticket_id, THURSDAY)], "booked")

    def test_and_separated_again_it_is_theirs_too(self, wait, freed, merge, stranger, chloe):  # noqa: F811
        place = wait()
        freed()
        sweep(LATER)
        log = merge(stranger(number_of(0)), place.ticket.person)
        unmerge_persons(log=log, by=chloe, at=LATER + 2 * MINUTE)
        say("OUI", 0, LATER + 3 * MINUTE)
        assert booked() == [(place.ticket_id, THURSDAY)]

    def test_two_who_were_one_are_asked_as_one(self, wait, freed, merge):  # noqa: F811
        first, second, other = wait(), wait(), wait()
        freed()
        sweep(LATER)
        assert {offer.place for offer in asked()} == {first, second, other}
        merge(first.ticket.person, second.ticket.person)
        for rank in range(2):
            say("OUI", rank, LATER + (rank + 2) * MINUTE)
        assert (booked(), count_doubles()) == ([(first.ticket_id, THURSDAY)], 0)

    def test_the_offers_of_both_count_for_the_week(self, wait, freed, merge):  # noqa: F811
        first, second = wait(), wait()
        freed()
        sweep(LATER)
        merge(first.ticket.person, second.ticket.person)
        Offer.objects.update(outcome="declined")
        for turn in range(1, 4):
            freed(THURSDAY + turn * 7 * DAY, at=LATER + turn * HOUR - MINUTE)
            sweep(LATER + turn * HOUR)
            Offer.objects.pending().update(outcome="declined")
        assert len(asked()) == 3
        assert count_above_cap() == 0

    @pytest.mark.parametrize("is_asked_after", [True, False])
    @pytest.mark.parametrize("is_of_two", [True, False])
    def test_so_are_requests_even_of_two_persons(
        self,
        wait,
        freed,  # noqa: F811
        make_ticket,
        stranger,
        chloe,
        is_of_two,
        is_asked_after,
    ):
        place = wait()
        person = stranger(number_of(7)) if is_of_two else place.ticket.person
        kept = make_ticket(person=person, topic="rsa-demande", received_at=NOW - DAY)
        freed()
        if not is_asked_after:
            sweep(LATER)
        merge_tickets(
            survivor=kept, merged=place.ticket, is_two_persons=is_of_two, by=chloe, at=LATER + MINUTE
        )
        sweep(LATER + 2 * MINUTE)
        say("OUI", 7 if is_of_two and is_asked_after else 0, LATER + 3 * MINUTE)
        assert booked() == [(kept.pk, THURSDAY)]


class TestSharedTelephone:
    @pytest.fixture
    def pair(self, wait):
        found = wait(), wait()
        share(*found)
        return found

    def test_yes_is_of_the_person_who_was_asked(self, pair, freed):  # noqa: F811
        freed()
        sweep(LATER)
        assert [offer.place for offer in asked()] == [pair[0]]
        say("OUI", 0, LATER + MINUTE)
        say("OUI", 0, LATER + 2 * MINUTE)
        assert booked() == [(pair[0].ticket_id, THURSDAY)]
        assert Place.objects.open().get() == pair[1]

    def test_each_has_their_turn(self, pair, freed):  # noqa: F811
        for turn in range(2):
            at = LATER + turn * HOUR
            freed(THURSDAY + turn * DAY, at=at - MINUTE)
            sweep(at)
            say("OUI", 0, at + MINUTE)
        assert booked() == [(place.ticket_id, THURSDAY + turn * DAY) for turn, place in enumerate(pair)]

    def test_stop_is_of_the_telephone(self, pair):
        choose(kind="phone", value=number_of(0), uses=("reminder",), is_allowed=False, word="STOP", at=LATER)
        sweep(LATER + MINUTE)
        assert {place.ended_why for place in Place.objects.all()} == {"stopped"}


class TestOnePlace:
    """By links one person, or one telephone with many requests, does not fill a list."""

    @pytest.fixture
    def join(self, wait, make_person, make_ticket):
        def by_link(person=None, **fields):
            person = person or make_person(given_name="Robot", family_name="Attend", phone=number_of(0))
            ticket = make_ticket(person=person, topic="rsa-demande", received_at=NOW)
            return wait(ticket=ticket, **{"by": None, **fields})

        return by_link

    def test_a_person_waits_once_whatever_their_requests(self, join, villeurbanne, chloe):
        person = join().ticket.person
        with pytest.raises(AlreadyWaiting):
            join(person)
        assert join(person, maison=villeurbanne)
        assert join(person, by=chloe)  # an agent knows why

    def test_a_telephone_waits_for_three(self, join, chloe):
        for _each in range(3):
            join()
        with pytest.raises(ListedTooOften):
            join()
        assert join(by=chloe)
        Place.objects.update(ended_at=LATER, ended_why="left")
        assert join()


class TestNoMobile:
    def test_a_landline_joins_no_list(self, wait, make_person, make_ticket):
        person = make_person(given_name="Fixe", family_name="Attend", phone=LANDLINE)
        with pytest.raises(CannotBeTold):
            wait(ticket=make_ticket(person=person, topic="rsa-demande", received_at=NOW))

    def test_nobody_at_all_joins_no_list(self, wait, make_ticket):
        with pytest.raises(CannotBeTold):
            wait(ticket=make_ticket(person=None, topic="rsa-demande", received_at=NOW))

    def test_who_gave_it_up_keeps_their_place_and_holds_nobody_back(self, wait, freed):  # noqa: F811
        first, second = wait(), wait()
        ContactPoint.objects.filter(person=first.ticket.person_id).update(value=LANDLINE)
        freed()
        sweep(LATER)
        assert [offer.place for offer in asked()] == [second]
        ContactPoint.objects.filter(person=first.ticket.person_id).update(value=number_of(0))
        sweep(LATER + 3 * HOUR)
        assert [offer.place for offer in asked()] == [second, first]

    def test_what_waits_to_leave_to_a_number_given_up_does_not(self, wait, freed):  # noqa: F811
        place = wait()
        freed()
        sweep(LATER)
        Outgoing.objects.filter(kind="offer").update(state="queued", sent_at=None)
        ContactPoint.objects.filter(person=place.ticket.person_id).delete()
        waiting = Outgoing.objects.get(kind="offer")
        assert preflight.obstacle(waiting, LATER + MINUTE)
        assert say("OUI", 0, LATER + MINUTE) is None
        assert booked() == []
