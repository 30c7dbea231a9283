"""« ARRIVÉ » by SMS, on the day of the appointment."""

from datetime import timedelta

import pytest

from channels_app.sms.texts import segments_of
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.attendance import arrival_texts
from requests_app.lib import short_words
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Event, Ticket
from requests_app.visits.models import Visit
from tests.history import said_by
from tests.requests_app.appointments.conftest import that_winter  # noqa: F401

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


class TestAnswer:
    """« C’est noté »: one answer for each date, with the number that will be called."""

    def answers(self):
        rows = Outgoing.objects.filter(kind="notice", recipient=NUMBER).order_by("pk")
        return [row.payload["text"].replace("\u00a0", " ") for row in rows]

    def test_says_the_number_that_will_be_called(self, given):
        at = given.starts_at - timedelta(minutes=7)
        heard("ARRIVÉ", at)
        visit = Visit.objects.get(appointment=given)
        assert (visit.state, visit.ticket_number) == ("waiting", "A01")
        assert self.answers() == [
            "Métropole de Lyon : c'est noté, nous savons que vous attendez. Vous avez le numéro A01."
        ]

    def test_is_sent_once_for_a_date(self, given, chloe):
        at = given.starts_at - timedelta(minutes=7)
        heard("ARRIVÉ", at)
        given.refresh_from_db()
        appointments.undo(appointment=given, by=chloe, at=at)
        heard("ARRIVÉ", at + timedelta(minutes=2))
        given.refresh_from_db()
        assert given.state == Appointment.State.CAME
        assert len(self.answers()) == 1

    def test_A03_tells_no_number_about_a_protected_ticket(self, given):
        Ticket.objects.update(is_sensitive=True)
        heard("ARRIVÉ", given.starts_at - timedelta(minutes=7))
        assert not Visit.objects.exists()
        assert self.answers() == [
            "Métropole de Lyon : c'est noté, nous savons que vous attendez. Dites-le aussi à l'accueil."
        ]

    def test_says_nothing_when_several_are_planned_or_to_a_stranger(self, given, give, make_ticket):
        give(given.starts_at + timedelta(hours=1), ticket=make_ticket(person=given.ticket.person))
        heard("ARRIVÉ", given.starts_at - timedelta(minutes=7))
        assert self.answers() == []

    def test_fits_one_segment(self):
        assert {segments_of(text) for text in arrival_texts.samples()} == {1}
