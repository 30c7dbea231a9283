"""Hold and book what an agenda offers: one appointment for each slot, whoever comes second is told."""

from datetime import date, datetime, time, timedelta

import pytest

from requests_app.appointments.errors import PersonTaken
from requests_app.appointments.models import Appointment, AppointmentType, Hold
from requests_app.maisons.opening import PARIS
from requests_app.people.models import AccessNeed
from requests_app.slots.errors import AlreadyBooked, SlotGone
from requests_app.slots.interpreting import interpretation_for, minutes_for
from requests_app.slots.models import Absence, Opening
from requests_app.slots.offering import next_days, other_places
from requests_app.slots.services import Choice, book_choice, hold_choice, move_choice
from requests_app.tickets.models import Event
from tests.requests_app.appointments.test_holds import at_once

NOW = datetime(2027, 2, 20, 9, tzinfo=PARIS)
MONDAY = date(2027, 3, 1)
NINE = datetime(2027, 3, 1, 9, tzinfo=PARIS)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def kind(db):
    return AppointmentType.objects.create(
        code="quarante", label="Quarante", public_label="Rendez-vous", minutes=40, buffer_minutes=5
    )


@pytest.fixture
def make_opening(lyon_8, chloe):
    def make(agent=chloe, maison=lyon_8, day=MONDAY, start=time(9), end=time(12), **fields):
        hours = {"starts_on": day, "starts_at": start, "ends_on": day, "ends_at": end}
        return Opening.objects.create(agent=agent, maison=maison, **hours, **fields)

    return make


@pytest.fixture
def choice(kind, lyon_8, make_opening):
    """Monday at nine with Chloé, unless told otherwise."""
    make_opening()

    def choose(starts_at=NINE, **fields):
        return Choice(**{"type": kind, "maison": lyon_8, "starts_at": starts_at, **fields})

    return choose


class TestOffering:
    def test_shows_hours_that_can_all_be_taken(self, kind, lyon_8, make_opening):
        make_opening()
        [day] = next_days(kind, lyon_8, at=NOW)
        assert [slot.start for slot in day.slots] == [NINE + n * 45 * MINUTE for n in range(4)]

    def test_shows_five_days_at_most(self, kind, lyon_8, make_opening):
        make_opening(rrule="FREQ=DAILY;COUNT=8")
        assert [day.day for day in next_days(kind, lyon_8, at=NOW)] == [
            MONDAY + timedelta(days=n) for n in range(5)
        ]

    def test_shows_an_hour_once_with_the_agent_who_asks(self, kind, lyon_8, make_opening, chloe, david):
        make_opening()
        make_opening(agent=david)
        for agent, expected in (("", {"chloe"}), (david.username, {david.username})):
            [day] = next_days(kind, lyon_8, agent=agent, at=NOW)
            assert len(day.slots) == 4
            if agent:
                assert {slot.agent for slot in day.slots} == expected

    def test_an_interpreter_takes_half_as_long_again(self, kind, amina):
        assert minutes_for(kind, interpretation_for(amina)) == 40
        AccessNeed.objects.create(person=amina, kind=AccessNeed.Kind.INTERPRETER, said_at=NOW)
        assert minutes_for(kind, interpretation_for(amina)) == 60
        kind.minutes = 45
        assert minutes_for(kind, interpretation_for(amina)) == 70  # 67.5, by steps of five

    def test_lists_other_places_by_their_first_slot(self, kind, lyon_8, villeurbanne, make_opening, elsa):
        make_opening()
        make_opening(agent=elsa, maison=villeurbanne, start=time(8))
        [(place, slot)] = other_places(kind, lyon_8, at=NOW)
        assert (place, slot.start) == (villeurbanne, NINE - timedelta(hours=1))


class TestHold:
    def test_holds_for_ten_minutes_and_twice_is_once(self, choice, make_ticket):
        ticket = make_ticket()
        first = hold_choice(choice=choice(), ticket=ticket, at=NOW)
        assert hold_choice(choice=choice(), ticket=ticket, at=NOW + MINUTE) == first
        assert first.expires_at == NOW + 10 * MINUTE
        assert Hold.objects.count() == 1

    def test_another_agent_who_is_free_then_serves(self, choice, make_ticket, make_opening, david):
        make_opening(agent=david)
        agents = {hold_choice(choice=choice(), ticket=make_ticket(), at=NOW).agent for _turn in range(2)}
        assert len(agents) == 2
        with pytest.raises(SlotGone):
            hold_choice(choice=choice(), ticket=make_ticket(), at=NOW)

    @pytest.mark.parametrize("start", [NINE + MINUTE, NINE - 5 * MINUTE, NINE + 145 * MINUTE, NOW])
    def test_nobody_holds_what_no_agenda_offers(self, choice, make_ticket, start):
        with pytest.raises(SlotGone):
            hold_choice(choice=choice(start), ticket=make_ticket(), at=NOW)

    def test_takes_the_room_as_its_opening_writes_it(self, kind, lyon_8, make_opening, make_ticket):
        make_opening(room="Bureau Bleu")
        held = hold_choice(choice=Choice(kind, lyon_8, NINE), ticket=make_ticket(), at=NOW)
        assert held.room == "Bureau Bleu"

    @pytest.mark.django_db(transaction=True)
    def test_W02_many_taps_at_once_keep_one_hour(self, choice, make_ticket):
        ticket, hours = make_ticket(), [choice(NINE + n * 45 * MINUTE) for n in range(4)]
        at_once([lambda hour=hour: hold_choice(choice=hour, ticket=ticket, at=NOW) for hour in hours])
        assert Hold.objects.get().ticket == ticket


class TestBook:
    def test_the_person_books_what_they_held(self, choice, make_ticket, amina):
        ticket = make_ticket(person=amina)
        hold_choice(choice=choice(), ticket=ticket, at=NOW)
        given = book_choice(choice=choice(), ticket=ticket, at=NOW + MINUTE)
        assert (given.starts_at, given.booked_by, given.ends_at - NINE) == (NINE, None, 40 * MINUTE)
        assert not Hold.objects.exists()
        assert Event.objects.filter(ticket=ticket, kind=Event.Kind.APPOINTMENT).count() == 1

    def test_two_taps_or_two_devices_book_once(self, choice, make_ticket):
        ticket = make_ticket()
        first = book_choice(choice=choice(), ticket=ticket, at=NOW)
        assert book_choice(choice=choice(), ticket=ticket, at=NOW) == first
        with pytest.raises(AlreadyBooked):
            book_choice(choice=choice(NINE + 45 * MINUTE), ticket=ticket, at=NOW)
        assert Appointment.objects.count() == 1

    def test_an_expired_hold_serves_until_somebody_takes_its_time(self, choice, make_ticket):
        ticket, late = make_ticket(), NOW + 11 * MINUTE
        hold_choice(choice=choice(), ticket=ticket, at=NOW)
        book_choice(choice=choice(), ticket=ticket, at=late)
        other = make_ticket()
        hold_choice(choice=choice(NINE + 45 * MINUTE), ticket=other, at=NOW)
        book_choice(choice=choice(NINE + 45 * MINUTE), ticket=make_ticket(), at=late)
        with pytest.raises(SlotGone):
            book_choice(choice=choice(NINE + 45 * MINUTE), ticket=other, at=late)

    def test_W02_one_that_expired_long_ago_gives_no_shorter_notice(self, kind, choice, make_ticket):
        kind.notice_min_minutes = 9 * 24 * 60  # from the 20th to the 1st
        kind.save()
        ticket = make_ticket()
        hold_choice(choice=choice(), ticket=ticket, at=NOW)
        with pytest.raises(SlotGone):
            book_choice(choice=choice(), ticket=ticket, at=NOW + 30 * MINUTE)
        hold_choice(choice=choice(), ticket=ticket, at=NOW)
        assert book_choice(choice=choice(), ticket=ticket, at=NOW + 11 * MINUTE)

    def test_an_agent_absent_meanwhile_receives_nobody(self, choice, make_ticket, chloe):
        ticket = make_ticket()
        hold_choice(choice=choice(), ticket=ticket, at=NOW)
        Absence.objects.create(
            agent=chloe, starts_on=MONDAY, starts_at=time(8), ends_on=MONDAY, ends_at=time(13)
        )
        with pytest.raises(SlotGone):
            book_choice(choice=choice(), ticket=ticket, at=NOW)
        assert not Appointment.objects.exists()

    def test_a_person_expected_elsewhere_is_told_the_hours_alone(
        self, choice, make_ticket, make_appointment, amina, david
    ):
        make_appointment(ticket=make_ticket(person=amina), agent=david, starts_at=NINE + 10 * MINUTE)
        with pytest.raises(PersonTaken, match=r"Vous avez déjà un rendez-vous de 9\sh\s10"):
            book_choice(choice=choice(), ticket=make_ticket(person=amina), at=NOW)

    def test_moves_and_gives_the_first_hour_back(self, choice, make_ticket):
        ticket = make_ticket()
        given = book_choice(choice=choice(), ticket=ticket, at=NOW)
        moved = move_choice(appointment=given, choice=choice(NINE + 45 * MINUTE), at=NOW)
        again = move_choice(appointment=given, choice=choice(NINE + 45 * MINUTE), at=NOW)
        assert (moved.starts_at, again.round) == (NINE + 45 * MINUTE, 2)
        book_choice(choice=choice(), ticket=make_ticket(), at=NOW)
