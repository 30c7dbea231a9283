"""« ARRIVÉ » by SMS, on the day of the appointment."""

from datetime import timedelta

import pytest

from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.lib import short_words
from requests_app.tickets.models import Event
from tests.history import said_by

NUMBER = "+33639981234"


@pytest.fixture
def given(give):
    return give()


def heard(text, at, number=NUMBER):
    meaning = short_words.understand(number, text, at)
    if meaning and meaning.act:
        meaning.act(0, at)
    return meaning


@pytest.mark.parametrize(
    "text",
    [
        "ARRIVÉ",
        "arrivé",
        "Arrivée !",
        "ARRIVE",
        "Bonjour, je suis arrivée merci",
        "Je suis là",
        "arrived",
        "I'm here",
        "وصلت",
        "Geldim",
        "GELDIM",
        "Cheguei",
        "Llegué",
        "Я тут",
    ],
)
def test_the_arrival_is_noted_on_the_day(given, text):
    meaning = heard(text, given.starts_at - timedelta(minutes=7))
    given.refresh_from_db()

    assert given.state == Appointment.State.CAME
    assert given.came_at == given.starts_at - timedelta(minutes=7)
    assert meaning.reference == given.ticket.reference
    assert meaning.sentence.replace("\u00a0", " ") == (
        "La personne dit qu’elle est arrivée au rendez-vous de 10 h 30."
    )
    assert said_by(Event.objects.filter(ticket=given.ticket).last()).startswith(
        "La personne a noté l’arrivée"
    )


@pytest.mark.parametrize("before", [timedelta(days=1), timedelta(hours=12, minutes=1), timedelta(days=-1)])
def test_another_day_says_nothing(given, before):
    assert heard("ARRIVÉ", given.starts_at - before) is None
    given.refresh_from_db()
    assert given.state == Appointment.State.BOOKED


def test_once_the_appointment_is_over_an_agent_reads_it(given):
    assert heard("ARRIVÉ", given.ends_at) is None


def test_late_is_an_arrival(given):
    assert heard("ARRIVÉ", given.starts_at + timedelta(minutes=10)).act


@pytest.mark.parametrize("text", ["pas arrivé", "j'arrive dans 10 minutes", "arrivé ?? où est l'entrée", ""])
def test_other_words_are_left_to_the_agent(given, text):
    assert heard(text, given.starts_at - timedelta(minutes=7)) is None


def test_a_stranger_arrives_nowhere(given):
    assert heard("ARRIVÉ", given.starts_at - timedelta(minutes=7), number="+33639989999") is None


def test_of_two_appointments_today_an_agent_finds_which(given, give, make_ticket):
    give(given.starts_at + timedelta(hours=1), ticket=make_ticket(person=given.ticket.person))
    meaning = heard("ARRIVÉ", given.starts_at - timedelta(minutes=7))

    assert meaning.act is None
    assert "plusieurs rendez-vous" in meaning.sentence
    assert not Appointment.objects.filter(state=Appointment.State.CAME).exists()


def test_twice_is_once(given):
    at = given.starts_at - timedelta(minutes=7)
    heard("ARRIVÉ", at)

    assert heard("ARRIVÉ", at + timedelta(minutes=1)) is None
    given.refresh_from_db()
    assert given.came_at == at


def test_nobody_arrives_at_an_appointment_by_telephone(given):
    AppointmentType.objects.update(is_by_phone=True)
    assert heard("ARRIVÉ", given.starts_at - timedelta(minutes=7)) is None
    given.refresh_from_db()
    assert given.came_at is None
