"""Give an appointment, move it, say what became of it, take that back."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from requests_app.accounts.models import Role
from requests_app.appointments import services
from requests_app.appointments.errors import InThePast, MaisonClosed, NotExpected, NotHere, NotYet, SlotTaken
from requests_app.appointments.models import Appointment
from requests_app.maisons.opening import PARIS
from requests_app.tickets.errors import AlreadyClosed, NotAllowed, ReasonMissing
from requests_app.tickets.models import Event, State, Ticket
from requests_app.tickets.selectors.events import sentence
from tests.history import said_by
from tests.requests_app.appointments.conftest import NOW, THURSDAY

Of = Appointment.State


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


class TestBook:
    def test_keeps_place_and_hour_and_says_so_in_the_thread(self, give, chloe):
        given = give(room="  Bureau   3 ")
        event = Event.objects.get(ticket=given.ticket)

        assert (given.room, given.state) == ("Bureau 3", Of.BOOKED)
        assert given.ends_at == THURSDAY + timedelta(minutes=30)
        said = sentence(event.kind, chloe.full_name, event.data).replace("\u00a0", " ")
        assert said == "Chloé Martin a donné rendez-vous le jeudi 26 novembre à 10 h 30"

    def test_W12_is_news_for_who_was_answering(self, give, make_ticket):
        ticket = make_ticket()
        give(ticket=ticket)
        assert Ticket.objects.get(pk=ticket.pk).version == ticket.version + 1

    def test_refuses_the_past(self, give):
        with pytest.raises(InThePast):
            give(NOW)

    def test_refuses_a_closed_demand(self, give, make_ticket):
        with pytest.raises(AlreadyClosed):
            give(ticket=make_ticket(state=State.CLOSED))

    def test_refuses_an_agent_who_does_not_work_there(self, give, elsa):
        with pytest.raises(NotHere):
            give(agent=elsa)

    def test_the_desk_gives_them_at_its_own_maison(self, give, bruno):
        assert give(by=bruno).booked_by == bruno

    def test_A02_who_works_elsewhere_gives_none(self, give, elsa, villeurbanne):
        with pytest.raises(NotAllowed):
            give(by=elsa)
        with pytest.raises(NotAllowed):
            give(by=elsa, maison=villeurbanne, agent=elsa)

    def test_A03_the_desk_gives_none_for_a_sensitive_demand(self, give, bruno, make_ticket):
        with pytest.raises(NotAllowed):
            give(by=bruno, ticket=make_ticket(topic="enfance-danger"))


class TestHours:
    @pytest.mark.parametrize(
        ("moment", "why"),
        [
            ("2026-11-29 10:00", "Le dimanche 29 novembre est un dimanche."),
            ("2026-12-25 10:00", "Le vendredi 25 décembre est un jour férié."),
            ("2026-11-26 06:00", "ne reçoit pas à cette heure. Horaires : "),
        ],
    )
    def test_warns_when_the_maison_is_closed(self, give, moment, why):
        with pytest.raises(MaisonClosed) as refused:
            give(at(moment))
        said = str(refused.value).replace("\u00a0", " ")
        assert why in said
        assert said.endswith("Pour le donner quand même, écrivez pourquoi.")

    def test_a_reason_overrides_and_is_kept(self, give):
        given = give(at("2026-11-29 10:00"), outside_reason="Visite à l’hôpital")
        assert given.outside_reason == "Visite à l’hôpital"

    def test_an_appointment_must_end_before_the_door_closes(self, give, lyon_8):
        lyon_8.opening_hours = "Mo-Fr 08:30-12:00,13:30-17:00"
        assert give(at("2026-11-26 11:30"), maison=lyon_8)
        with pytest.raises(MaisonClosed):
            give(at("2026-11-27 11:45"), maison=lyon_8)

    def test_unknown_hours_forbid_nothing_on_a_weekday(self, give, lyon_8):
        lyon_8.opening_hours = ""
        assert give(at("2026-11-26 18:00"), maison=lyon_8)


class TestNobodyIsBookedTwice:
    def test_names_the_hour_of_the_other_one(self, give, make_ticket):
        give()
        with pytest.raises(SlotTaken) as refused:
            give(THURSDAY + timedelta(minutes=15), ticket=make_ticket())
        said = str(refused.value).replace("\u00a0", " ")
        assert said == "Chloé Martin a déjà un rendez-vous de 10 h 30 à 11 h. Choisissez une autre heure."

    def test_the_next_one_begins_when_this_one_ends(self, give):
        give()
        assert give(THURSDAY + timedelta(minutes=30))

    def test_a_room_is_one_whatever_its_capitals(self, give, bruno, make_ticket):
        give(room="Bureau 3")
        with pytest.raises(SlotTaken, match="Bureau 3 est déjà pris"):
            give(agent=bruno, room="bureau 3")
        assert give(agent=bruno, room="Bureau 4", ticket=make_ticket())

    def test_a_cancelled_one_leaves_its_place(self, give, chloe):
        services.call_off(appointment=give(), reason="Réunion", by=chloe, at=NOW)
        assert give()

    @pytest.mark.django_db(transaction=True)
    def test_two_at_the_same_instant_give_one(self, wish, make_ticket, chloe):
        tickets, results = [make_ticket(), make_ticket()], []
        wanted, gate = wish(), threading.Barrier(2)

        def book(ticket):
            gate.wait()
            try:
                services.book(ticket=ticket, wish=wanted, by=chloe, at=NOW)
                results.append("given")
            except SlotTaken:
                results.append("taken")
            finally:
                connection.close()

        threads = [threading.Thread(target=book, args=(ticket,)) for ticket in tickets]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(results) == ["given", "taken"]
        assert Appointment.objects.count() == 1


class TestMove:
    def test_gives_another_date_and_begins_a_new_round(self, give, wish, chloe):
        given = give()
        later = THURSDAY + timedelta(days=1)
        services.move(appointment=given, wish=wish(later), by=chloe, at=NOW)

        assert (given.starts_at, given.round, given.dated_at) == (later, 2, NOW)
        assert Event.objects.filter(ticket=given.ticket).last().data["did"] == "moved"

    def test_refuses_the_place_of_another_one_and_stays(self, give, wish, chloe):
        give()
        given = give(THURSDAY + timedelta(hours=1))
        with pytest.raises(SlotTaken):
            services.move(appointment=given, wish=wish(), by=chloe, at=NOW)
        assert Appointment.objects.get(pk=given.pk).starts_at == THURSDAY + timedelta(hours=1)

    def test_whoever_comes_second_is_told_so(self, give, wish, chloe):
        given = give()
        read_before = Appointment.objects.get(pk=given.pk)
        services.move(appointment=given, wish=wish(THURSDAY + timedelta(hours=1)), by=chloe, at=NOW)
        with pytest.raises(NotExpected):
            services.move(appointment=read_before, wish=wish(THURSDAY + timedelta(hours=3)), by=chloe, at=NOW)

    def test_A02_not_by_who_works_elsewhere(self, give, wish, elsa):
        with pytest.raises(NotAllowed):
            services.move(appointment=give(), wish=wish(), by=elsa, at=NOW)


class TestWhatBecomesOfIt:
    def test_the_person_confirms_once(self, give):
        given = give()
        services.confirm(appointment=given, at=NOW)
        services.confirm(appointment=given, at=NOW)

        assert given.state == Of.CONFIRMED
        events = Event.objects.filter(ticket=given.ticket).order_by("pk")
        assert [event.details.is_by_person for event in events] == [False, True]
        assert said_by(events[1]).startswith("La personne a confirmé")

    def test_the_person_cancels_until_the_hour_has_come(self, give):
        given = give()
        with pytest.raises(InThePast):
            services.cancel_by_person(appointment=given, by=None, at=THURSDAY)
        services.cancel_by_person(appointment=given, by=None, at=NOW)
        assert given.state == Of.CANCELLED_BY_PERSON

    def test_the_service_says_why(self, give, chloe):
        with pytest.raises(ReasonMissing):
            services.call_off(appointment=give(), reason=" ", by=chloe, at=NOW)

    def test_she_came_on_the_day_not_before(self, give, bruno):
        given = give()
        with pytest.raises(NotYet):
            services.note_came(appointment=given, by=bruno, at=NOW)
        services.note_came(appointment=given, by=bruno, at=THURSDAY - timedelta(minutes=8))
        assert (given.state, given.came_at) == (Of.CAME, THURSDAY - timedelta(minutes=8))

    def test_absence_is_noted_once_the_hour_has_come_with_its_excuse(self, give, bruno):
        given = give()
        with pytest.raises(NotYet):
            services.note_absent(appointment=given, by=bruno, at=THURSDAY - timedelta(minutes=1))
        services.note_absent(appointment=given, excuse="Enfant malade", by=bruno, at=THURSDAY)
        assert (given.state, given.reason) == (Of.EXCUSED, "Enfant malade")

    def test_A02_not_noted_by_who_works_elsewhere(self, give, elsa):
        with pytest.raises(NotAllowed):
            services.note_came(appointment=give(), by=elsa, at=THURSDAY)


class TestUndo:
    def test_gives_the_state_before_back_once(self, give, bruno):
        given = give()
        services.note_came(appointment=given, by=bruno, at=THURSDAY)
        services.undo(appointment=given, by=bruno, at=THURSDAY)

        assert (given.state, given.came_at, given.can_undo) == (Of.BOOKED, None, False)
        with pytest.raises(NotExpected):
            services.undo(appointment=given, by=bruno, at=THURSDAY)

    def test_is_refused_when_the_place_was_given_meanwhile(self, give, chloe, make_ticket):
        given = give()
        services.call_off(appointment=given, reason="Réunion", by=chloe, at=NOW)
        give(ticket=make_ticket())
        with pytest.raises(SlotTaken), transaction.atomic():
            services.undo(appointment=given, by=chloe, at=NOW)


def test_an_agent_of_the_whole_territory_receives_anywhere(give, make_agent):
    assert give(agent=make_agent("renfort", (Role.CASE_HANDLER, None)))


class TestMoveBack:
    def test_gives_the_place_and_the_date_back(self, give, wish, chloe, bruno):
        given = give(room="Bureau 3")
        before = Appointment.objects.values("starts_at", "ends_at", "agent", "room", "maison").get()
        services.move(
            appointment=given, wish=wish(THURSDAY + timedelta(days=1), room="Salle"), by=chloe, at=NOW
        )
        services.undo(appointment=given, by=chloe, at=NOW)
        assert Appointment.objects.values("starts_at", "ends_at", "agent", "room", "maison").get() == before
        assert not given.can_undo
        assert Event.objects.order_by("pk").last().data["did"] == "unmoved"

    def test_a_place_taken_meanwhile_is_not_given_back(self, give, wish, chloe, make_ticket):
        given = give()
        services.move(appointment=given, wish=wish(THURSDAY + timedelta(days=1)), by=chloe, at=NOW)
        give(ticket=make_ticket())
        with pytest.raises(SlotTaken):
            services.undo(appointment=given, by=chloe, at=NOW)
        assert Appointment.objects.get(pk=given.pk).starts_at == THURSDAY + timedelta(days=1)

    def test_a_date_that_has_passed_is_not_given_back(self, give, wish, chloe):
        given = give()
        services.move(appointment=given, wish=wish(THURSDAY + timedelta(days=1)), by=chloe, at=NOW)
        with pytest.raises(InThePast):
            services.undo(appointment=given, by=chloe, at=THURSDAY)

    def test_once_only_and_not_after_another_step(self, give, wish, chloe):
        given = give()
        services.move(appointment=given, wish=wish(THURSDAY + timedelta(days=1)), by=chloe, at=NOW)
        services.cancel_by_person(appointment=given, by=chloe, at=NOW)
        services.undo(appointment=given, by=chloe, at=NOW)
        assert given.starts_at == THURSDAY + timedelta(days=1)
        with pytest.raises(NotExpected):
            services.undo(appointment=given, by=chloe, at=NOW)
