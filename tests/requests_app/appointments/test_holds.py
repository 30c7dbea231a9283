"""Slots that are held, booked, lost: one constraint for all that takes time."""

import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection

from requests_app.appointments import services
from requests_app.appointments.errors import HoldLost, InThePast, NotHere, SlotTaken
from requests_app.appointments.models import Appointment, BusyTime, Hold
from tests.requests_app.appointments.conftest import NOW, THURSDAY

LATER = NOW + timedelta(minutes=11)
MINUTES = timedelta(minutes=1)


def taken():
    """What takes time, and from when."""
    return sorted((busy.resource, busy.during.lower) for busy in BusyTime.objects.all())


class TestHold:
    def test_takes_agent_and_room_for_ten_minutes(self, wish, chloe, lyon_8):
        held = services.hold(wish=wish(room=" Bureau  3"), at=NOW)

        assert held.expires_at == NOW + timedelta(minutes=10)
        room = f"room:{lyon_8.pk}:bureau 3"
        assert taken() == [(f"agent:{chloe.pk}", THURSDAY), (room, THURSDAY)]

    def test_nobody_books_over_it(self, wish, give):
        services.hold(wish=wish(), at=NOW)
        with pytest.raises(SlotTaken, match="gardée pour une autre personne"):
            give(THURSDAY + 29 * MINUTES)
        assert give(THURSDAY + 30 * MINUTES)

    def test_nobody_holds_over_it(self, wish):
        services.hold(wish=wish(), at=NOW)
        with pytest.raises(SlotTaken, match="gardée"):
            services.hold(wish=wish(THURSDAY - 29 * MINUTES), at=NOW)

    def test_nobody_holds_over_an_appointment(self, wish, give):
        give()
        with pytest.raises(SlotTaken, match="a déjà un rendez-vous de 10"):
            services.hold(wish=wish(), at=NOW)

    def test_a_held_room_is_taken_for_another_agent_whatever_the_case(self, wish, give, central, lyon_8):
        services.hold(wish=wish(room="Bureau 3"), at=NOW)
        with pytest.raises(SlotTaken, match="gardée"):
            give(agent=central, room="BUREAU 3")
        assert give(agent=central, room="Bureau 4")

    def test_once_expired_it_makes_way(self, wish, give):
        held = services.hold(wish=wish(), at=NOW)
        given = give(at=LATER)

        assert not Hold.objects.filter(pk=held.pk).exists()
        assert [busy.appointment_id for busy in BusyTime.objects.all()] == [given.pk]

    def test_once_expired_it_makes_way_for_a_hold(self, wish):
        services.hold(wish=wish(), at=NOW)
        second = services.hold(wish=wish(), at=LATER)
        assert list(Hold.objects.all()) == [second]

    def test_a_ticket_holds_one_slot_at_a_time(self, wish, make_ticket):
        ticket = make_ticket()
        services.hold(wish=wish(), ticket=ticket, at=NOW)
        second = services.hold(wish=wish(THURSDAY + timedelta(days=1)), ticket=ticket, at=NOW)
        assert list(Hold.objects.all()) == [second]

    def test_released_it_takes_no_time(self, wish):
        held = services.hold(wish=wish(), at=NOW)
        assert services.release(held=held)
        assert not services.release(held=held)
        assert taken() == []

    def test_refuses_the_past_and_an_agent_from_elsewhere(self, wish, elsa):
        with pytest.raises(InThePast):
            services.hold(wish=wish(NOW), at=NOW)
        with pytest.raises(NotHere):
            services.hold(wish=wish(agent=elsa), at=NOW)

    def test_purged_a_day_later_and_not_before(self, wish):
        services.hold(wish=wish(), at=NOW)
        services.purge_expired_holds(at=NOW + timedelta(hours=23))
        assert Hold.objects.exists()
        services.purge_expired_holds(at=NOW + timedelta(days=1))
        assert not Hold.objects.exists()


class TestBookFromHold:
    def test_ends_the_hold(self, wish, make_ticket, chloe):
        held = services.hold(wish=wish(), at=NOW)
        given = services.book(ticket=make_ticket(), wish=wish(), by=chloe, held=held, at=NOW)

        assert not Hold.objects.exists()
        assert [busy.appointment_id for busy in BusyTime.objects.all()] == [given.pk]

    def test_counts_when_it_expired_and_nobody_came(self, wish, make_ticket, chloe):
        held = services.hold(wish=wish(), at=NOW)
        assert services.book(ticket=make_ticket(), wish=wish(), by=chloe, held=held, at=LATER)

    def test_tells_who_comes_after_somebody_booked_over_it(self, wish, give, make_ticket, chloe):
        held = services.hold(wish=wish(), at=NOW)
        give(at=LATER)
        with pytest.raises(HoldLost, match="n’était plus gardée"):
            services.book(ticket=make_ticket(), wish=wish(), by=chloe, held=held, at=LATER)
        assert Appointment.objects.count() == 1

    def test_stays_when_the_booking_is_refused(self, wish, give, make_ticket, chloe, amina):
        """Their own appointment at that hour asks for a reason; meanwhile the slot is still theirs."""
        give(agent=chloe)
        ticket = make_ticket(person=amina)
        elsewhere = wish(THURSDAY + 45 * MINUTES)
        held = services.hold(wish=elsewhere, ticket=ticket, at=NOW)
        with pytest.raises(SlotTaken):
            services.book(ticket=ticket, wish=wish(), by=chloe, held=held, at=NOW)
        assert Hold.objects.filter(pk=held.pk).exists()


class TestBusyTime:
    """The database writes it, whoever changes an appointment, and by whatever statement."""

    def test_follows_a_move_a_cancellation_and_its_undoing(self, give, wish, chloe):
        given = give()
        services.move(appointment=given, wish=wish(THURSDAY + 60 * MINUTES), by=chloe, at=NOW)
        assert taken() == [(f"agent:{chloe.pk}", THURSDAY + 60 * MINUTES)]
        services.call_off(appointment=given, reason="Formation", by=chloe, at=NOW)
        assert taken() == []
        services.undo(appointment=given, by=chloe, at=NOW)
        assert taken() == [(f"agent:{chloe.pk}", THURSDAY + 60 * MINUTES)]

    def test_follows_a_bare_update(self, give, chloe):
        given = give(room="Salle A")
        Appointment.objects.filter(pk=given.pk).update(room="")
        assert taken() == [(f"agent:{chloe.pk}", THURSDAY)]

    def test_a_restored_appointment_finds_its_slot_held(self, give, wish, chloe):
        given = give()
        services.call_off(appointment=given, reason="Formation", by=chloe, at=NOW)
        services.hold(wish=wish(), at=NOW)
        with pytest.raises(SlotTaken, match="gardée"):
            services.undo(appointment=given, by=chloe, at=NOW)

    def test_goes_with_a_deleted_appointment(self, make_appointment, make_ticket, chloe):
        given = make_appointment(ticket=make_ticket(), agent=chloe)
        assert taken() == [(f"agent:{chloe.pk}", given.starts_at)]
        given.delete()
        assert taken() == []

    def test_the_migration_fills_in_what_stands(self, give, chloe):
        """As on a product that was running: the rows are there before the table."""
        given, gone = give(room="Salle A"), give(THURSDAY + 60 * MINUTES)
        services.call_off(appointment=gone, reason="Formation", by=chloe, at=NOW)
        before = taken()
        BusyTime.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(import_module("requests_app.appointments.migrations.0008_busy_time").FILL)
        assert taken() == before
        assert set(BusyTime.objects.values_list("appointment", flat=True)) == {given.pk}

    def test_refuses_an_overlap_that_no_code_checked(self, wish):
        held = services.hold(wish=wish(), at=NOW)
        held.pk = None
        with pytest.raises(IntegrityError, match="busy_time_free"):
            held.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_fifty_bookings_of_one_slot_make_one_appointment(self, wish, make_ticket, chloe):
        tickets = [make_ticket() for _ in range(50)]
        done = at_once(
            [
                lambda ticket=ticket: services.book(ticket=ticket, wish=wish(room="A"), by=chloe, at=NOW)
                for ticket in tickets
            ]
        )
        assert Appointment.objects.count() == 1
        assert sum(isinstance(each, Appointment) for each in done) == 1
        assert sum(isinstance(each, SlotTaken) for each in done) == 49

    def test_an_expired_hold_confirmed_while_others_book_over_it(self, wish, make_ticket, chloe):
        held = services.hold(wish=wish(), at=NOW)
        tickets = [make_ticket() for _ in range(8)]
        chosen = wish()
        done = at_once(
            [
                lambda ticket=ticket, held=held if place % 2 else None: services.book(
                    ticket=ticket, wish=chosen, by=chloe, held=held, at=LATER
                )
                for place, ticket in enumerate(tickets)
            ]
        )
        assert Appointment.objects.count() == 1
        assert not Hold.objects.exists()
        assert sum(isinstance(each, SlotTaken) for each in done) == 7


def at_once(calls):
    """Run them all in threads that start together, each with a connection of its own; list what each did."""
    barrier, done = threading.Barrier(len(calls)), []

    def run(call):
        barrier.wait()
        try:
            done.append(call())
        except Exception as error:  # each is looked at by its test
            done.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
