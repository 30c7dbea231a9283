"""A closure or an absence noted after the appointment was given: nobody is sent to a closed door."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app.delivery import services as delivery
from requests_app.appointments import services as appointments
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.reminders import services as reminders
from requests_app.slots import services as slots
from requests_app.slots.models import Absence, Closure
from requests_app.tickets.models import ToDo
from tests.offices import office  # noqa: F401
from tests.requests_app.appointments.conftest import NOW, THURSDAY

REMINDED = datetime(2026, 11, 19, 10, 30, tzinfo=PARIS)
MOVE = "Rendez-vous du jeudi 26 novembre à 10 h 30 : personne ne pourra recevoir. Déplacez-le."


@pytest.fixture
def given(give, make_ticket, make_person, office):  # noqa: F811
    paul = make_person(given_name="Paul", family_name="Martin", email="paul@exemple.fr")
    appointment = give(ticket=make_ticket(person=paul, topic="rsa-demande"))
    for moment in (NOW, NOW + timedelta(seconds=10)):
        pass_by(moment)
    assert len(office.ids) == 1  # the confirmation left while the door was open
    return appointment


@pytest.fixture
def close(lyon_8, david):
    def do(start=time(8), end=time(18), maison=lyon_8):
        day = THURSDAY.date()
        closure = Closure(maison=maison, starts_on=day, starts_at=start, ends_on=day, ends_at=end)
        slots.close_maison(closure=closure, by=david, at=NOW)
        return closure

    return do


@pytest.fixture
def be_away(chloe, david):
    def do(**fields):
        day = THURSDAY.date()
        hours = {"starts_on": day, "starts_at": time(9), "ends_on": day, "ends_at": time(12)}
        slots.note_absence(absence=Absence(agent=chloe, **{**hours, **fields}), by=david, at=NOW)

    return do


def pass_by(moment):
    delivery.sweep(at=moment)
    reminders.sweep(at=moment)


def stopped():
    rows = Outgoing.objects.filter(state=Outgoing.State.CANCELLED).order_by("pk")
    return list(rows.values_list("reason", flat=True))


def open_tasks():
    return list(ToDo.objects.to_do().values_list("text", flat=True))


def test_O04_no_reminder_invites_to_a_maison_closed_late(given, close, office):  # noqa: F811
    close()
    pass_by(REMINDED)
    assert len(office.ids) == 1
    assert stopped() == ["Le lieu est fermé à cette heure : le rendez-vous est à déplacer."]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"rrule": "FREQ=WEEKLY", "starts_on": date(2026, 11, 12), "ends_on": date(2026, 11, 12)},
        {"starts_on": date(2026, 11, 23), "ends_on": date(2026, 11, 28)},
    ],
)
def test_O04_nor_to_an_agent_away(given, be_away, office, fields):  # noqa: F811
    be_away(reason="Rendez-vous chez le médecin", **fields)
    pass_by(REMINDED)
    assert len(office.ids) == 1
    assert stopped() == ["L’agent est absent à cette heure : le rendez-vous est à déplacer."]


@pytest.mark.parametrize(("start", "end"), [(time(8), time(10, 30)), (time(11), time(18))])
def test_a_closure_that_only_touches_it_stops_nothing(given, close, office, start, end):  # noqa: F811
    close(start, end)
    pass_by(REMINDED)
    assert len(office.ids) == 2
    assert open_tasks() == []


def test_one_elsewhere_stops_nothing(given, be_away, villeurbanne, office):  # noqa: F811
    day = THURSDAY.date()
    Closure.objects.create(
        maison=villeurbanne, starts_on=day, starts_at=time(8), ends_on=day, ends_at=time(18)
    )
    pass_by(REMINDED)
    assert len(office.ids) == 2


def test_who_wrote_why_they_receive_anyway_is_believed(given, close, office):  # noqa: F811
    type(given).objects.update(outside_reason="Chloé vient exprès")
    close()
    pass_by(REMINDED)
    assert len(office.ids) == 2
    assert open_tasks() == []


class TestTask:
    def test_asks_to_move_it_once_however_often_it_is_met(self, given, close, be_away):
        close()
        be_away()
        assert open_tasks() == [MOVE]

    def test_ends_when_the_appointment_is_cancelled_and_comes_back_with_it(self, given, close, chloe):
        close()
        appointments.call_off(appointment=given, by=chloe, reason="Fermé", at=NOW)
        assert open_tasks() == []
        appointments.undo(appointment=given, by=chloe, at=NOW)
        assert open_tasks() == [MOVE]

    def test_ends_with_the_last_thing_that_stood_against_it(self, given, close, be_away, david):
        closure = close()
        be_away()
        slots.remove(row=closure, by=david, at=NOW)
        assert open_tasks() == [MOVE]
        slots.remove(row=Absence.objects.get(), by=david, at=NOW)
        assert open_tasks() == []

    def test_comes_back_when_the_closure_does(self, given, close, david):
        closure = close()
        slots.remove(row=closure, by=david, at=NOW)
        slots.restore(row=closure, by=david, at=NOW)
        assert open_tasks() == [MOVE]

    def test_a_closure_of_many_costs_as_many_statements_as_of_one(
        self, make_appointment, make_ticket, close, chloe, lyon_8, django_assert_max_num_queries
    ):
        def book(*hours):
            for hour in hours:
                start = THURSDAY.replace(hour=hour, minute=0)
                make_appointment(ticket=make_ticket(), agent=chloe, starts_at=start)

        book(9, 10)
        with CaptureQueriesContext(connection) as one:
            close()
        Closure.objects.all().delete()
        ToDo.objects.all().delete()
        book(11, 13, 15)
        with django_assert_max_num_queries(len(one)):
            close()
        assert len(open_tasks()) == 5
