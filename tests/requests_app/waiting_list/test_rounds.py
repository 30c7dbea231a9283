"""One who books and cancels in a loop spends nobody's offers (design/reception.md, 3)."""

from datetime import timedelta

import pytest

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket
from requests_app.waiting_list.models import FreedSlot
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.waiting_list.conftest import MINUTE, asked, number_of, sweep
from tests.requests_app.waiting_list.simulation import count_above_cap, count_doubles
from tests.requests_app.waiting_list.test_offers import say

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = NOW.replace(hour=9) + DAY


@pytest.fixture
def book(give):
    """Amina books by a link, always about the same ticket."""
    ticket: list[Ticket] = []

    def choose(starts_at=THURSDAY, *, at, by=None):
        given = give(starts_at, at=at, by=by, ticket=next(iter(ticket), None), is_offered=True)
        ticket[:] = [given.ticket]
        return given

    return choose


def cancel(given, at, by=None):
    given.refresh_from_db()
    appointments.cancel_by_person(appointment=given, by=by, at=at)
    sweep(at + MINUTE)


def test_a_loop_of_bookings_spends_no_offer(wait, book):
    for _ in range(9):
        wait()
    for turn in range(10):
        at = MORNING + turn * 20 * MINUTE
        cancel(book(THURSDAY + turn * HOUR, at=at), at + 10 * MINUTE)
    assert (asked(), count_above_cap(), count_doubles()) == ([], 0, 0)


def test_a_slow_loop_makes_one_round_a_day(wait, book):
    for _ in range(9):
        wait()
    for day in range(2):
        for turn in range(4):
            at = MORNING + day * DAY + turn * 2 * HOUR
            cancel(book(THURSDAY + turn * HOUR, at=at), at + 90 * MINUTE)
    assert FreedSlot.objects.count() == 2
    assert count_above_cap() == 0


def test_dates_moved_in_a_loop_make_one_round_a_day(wait, book, wish):
    wait()
    given = book(at=NOW)
    for turn in range(1, 6):
        at = MORNING + turn * 70 * MINUTE
        appointments.move(
            appointment=given, wish=wish(THURSDAY + turn * HOUR, is_offered=True), by=None, at=at
        )
        sweep(at + MINUTE)
    assert [slot.starts_at for slot in FreedSlot.objects.all()] == [THURSDAY]
    assert len(asked()) == 1


def test_a_date_had_for_long_is_offered_even_after_a_change_of_mind(wait, book):
    wait()
    old = book(at=NOW)
    hasty = book(THURSDAY + HOUR, at=MORNING)
    cancel(hasty, MORNING + MINUTE)
    cancel(old, MORNING + 5 * MINUTE)
    assert [offer.slot.starts_at for offer in asked()] == [THURSDAY]


def test_what_an_agent_frees_is_always_offered(wait, book, chloe):
    for _ in range(2):
        wait()
    for turn in range(2):
        at = MORNING + turn * 3 * HOUR
        cancel(book(THURSDAY + turn * HOUR, at=at), at + MINUTE, by=chloe)
    assert FreedSlot.objects.count() == 2


def test_an_agent_gave_it_and_the_person_refuses_it_at_once(wait, book, chloe):
    wait()
    cancel(book(at=MORNING, by=chloe), MORNING + 5 * MINUTE)
    assert len(asked()) == 1


def test_many_who_book_and_cancel_make_few_rounds_and_hold_back_nobody_else(
    wait, give, make_person, make_ticket, chloe
):
    for _ in range(20):
        wait()

    def have(rank, at, by=None):
        person = make_person(given_name=f"R{rank}", family_name="Robot")
        ticket = make_ticket(person=person, topic="rsa-demande", received_at=NOW)
        return give(THURSDAY + 7 * DAY + rank * HOUR, ticket=ticket, at=at, by=by, is_offered=True)

    old, given = have(8, MORNING - 7 * DAY), have(9, MORNING, by=chloe)
    for rank, hasty in enumerate([have(rank, MORNING) for rank in range(8)]):
        cancel(hasty, MORNING + 90 * MINUTE + rank * MINUTE)
    assert FreedSlot.objects.count() == 5
    for rank, each in enumerate((old, given)):
        cancel(each, MORNING + 3 * HOUR + rank * MINUTE)
    assert FreedSlot.objects.count() == 7
    assert count_above_cap() == 0


class TestGivenBack:
    """Somebody takes an hour that is being offered, and gives it back at once."""

    @pytest.fixture
    def places(self, wait, book):
        return [wait() for _ in range(5)]

    @pytest.fixture
    def offered(self, places, book):
        cancel(book(at=NOW), MORNING)
        return [offer.place for offer in asked()]

    def test_the_next_ones_are_asked_and_those_who_were_too_late(self, places, offered):
        assert offered == places[:3]
        at = MORNING + 5 * MINUTE
        say("OUI", 0, at)
        say("OUI", 1, at)
        cancel(Appointment.objects.expected().get(), at + 5 * MINUTE)
        again = asked(slot=FreedSlot.objects.get(state="open"))
        assert [offer.place for offer in again] == [places[1], *places[3:]]

    def test_the_round_goes_on_and_asks_nobody_twice(self, places, offered, give, make_person, make_ticket):
        stranger = make_person(given_name="Un", family_name="Autre")
        ticket = make_ticket(person=stranger, topic="rsa-demande", received_at=NOW)
        taken = give(at=MORNING + 5 * MINUTE, by=None, ticket=ticket)
        sweep(MORNING + 6 * MINUTE)
        cancel(taken, MORNING + 10 * MINUTE)
        sweep(MORNING + 3 * HOUR)
        texts = Outgoing.objects.filter(kind="offer")
        assert [texts.filter(recipient=number_of(rank)).count() for rank in range(5)] == [1] * 5

    def test_after_a_day_it_is_a_new_chance(self, places, offered, give, chloe):
        at = MORNING + 5 * MINUTE
        taken = give(at=at)
        sweep(at + MINUTE)
        cancel(taken, MORNING + DAY + 10 * MINUTE, by=chloe)
        again = asked(slot=FreedSlot.objects.get(state="open"))
        assert [offer.place for offer in again] == places[:3]
