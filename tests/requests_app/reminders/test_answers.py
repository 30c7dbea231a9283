"""« OUI », « ANNULER » by SMS mean the appointment that the person was last told of."""

from datetime import timedelta

import pytest

from requests_app.appointments.models import Appointment
from requests_app.lib import short_words
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Event
from tests.history import said_by
from tests.requests_app.appointments.conftest import NOW, THURSDAY

NUMBER = "+33639981234"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def told(give):
    given = give()
    Outgoing.objects.filter(reminder__purpose="confirmation").update(state="sent", sent_at=NOW)
    return given


def heard(text, at=LATER, number=NUMBER):
    meaning = short_words.understand(number, text, at)
    if meaning and meaning.act:
        meaning.act(0, at)
    return meaning


@pytest.mark.parametrize("text", ["OUI", "oui !", " Ok", "d'accord", "Je confirme.", "Je serai là"])
def test_yes_confirms(told, text):
    meaning = heard(text)
    told.refresh_from_db()
    assert told.state == Appointment.State.CONFIRMED
    assert meaning.reference == told.ticket.reference
    assert meaning.sentence.replace("\u00a0", " ") == (
        "La personne confirme le rendez-vous du jeudi 26 novembre à 10 h 30."
    )
    assert said_by(Event.objects.filter(ticket=told.ticket).last()).startswith("La personne a confirmé le")


def test_no_cancels_and_frees_the_place(told, give, make_ticket):
    heard("Annuler")
    told.refresh_from_db()
    assert told.state == Appointment.State.CANCELLED_BY_PERSON
    assert give(ticket=make_ticket())


def test_no_on_a_shared_number_is_for_an_agent(told):
    ContactPoint.objects.filter(value=NUMBER).update(is_shared=True)
    meaning = heard("ANNULER")
    told.refresh_from_db()
    assert told.state == Appointment.State.BOOKED
    assert "le numéro est partagé" in meaning.sentence


def test_S04_no_from_a_number_of_two_persons_is_for_an_agent(told, make_person):
    make_person(given_name="Karim", family_name="Benali", phone=NUMBER)  # nobody has said that it is shared
    meaning = heard("ANNULER")
    told.refresh_from_db()
    assert told.state == Appointment.State.BOOKED
    assert "le numéro est partagé" in meaning.sentence


@pytest.mark.parametrize("text", ["oui mais plutôt jeudi", "non", "peut-être", "", "👍"])
def test_other_words_are_left_to_the_agent(told, text):
    assert heard(text) is None


def test_nothing_is_understood_from_who_was_told_nothing(give):
    give()
    assert heard("OUI") is None
    assert heard("OUI", number="+33639980000") is None


def test_nothing_is_understood_once_the_hour_has_come(told):
    assert heard("OUI", at=THURSDAY) is None


def test_an_answer_to_an_earlier_date_means_nothing(told):
    Appointment.objects.update(round=2)
    assert heard("OUI") is None


def test_the_last_one_spoken_of_is_meant(told, give, make_ticket, amina):
    other = give(THURSDAY + timedelta(days=1), ticket=make_ticket(person=amina))
    Outgoing.objects.filter(reminder__appointment=other, reminder__purpose="confirmation").update(
        state="sent", sent_at=NOW + timedelta(days=4)
    )
    heard("OUI", at=NOW + timedelta(days=4, hours=1))  # four days later the first one asks no more
    other.refresh_from_db()
    told.refresh_from_db()
    assert (other.state, told.state) == (Appointment.State.CONFIRMED, Appointment.State.BOOKED)


def test_a_question_of_an_agent_asked_since_is_what_is_answered(told):
    asked = Outgoing.objects.filter(reminder__days_before=7)
    asked.update(kind="answer", state="sent", sent_at=NOW + timedelta(minutes=30))
    told.reminders.filter(days_before=7).delete()
    assert heard("OUI") is None
    assert heard("Annuler") is None


@pytest.mark.parametrize(
    "text", ["oui merci", "OUI, merci beaucoup", "Bonjour, oui svp", "ok merci bonne journée"]
)
def test_courtesy_changes_nothing(told, text):
    heard(text)
    told.refresh_from_db()
    assert told.state == Appointment.State.CONFIRMED


@pytest.mark.parametrize("text", ["annuler svp", "Bonjour, annuler s’il vous plaît, merci"])
def test_a_polite_no_cancels_and_is_confirmed(told, text):
    heard(text)
    told.refresh_from_db()
    assert told.state == Appointment.State.CANCELLED_BY_PERSON
    assert Outgoing.objects.filter(reminder__purpose="cancelled_as_asked", recipient=NUMBER).count() == 1


class TestSharedNumber:
    """A family's telephone: « OUI » is of the one appointment that its persons have to come."""

    @pytest.fixture
    def sister(self, make_person, share_contact):
        person = make_person(given_name="Samira", family_name="Benali")
        share_contact(person, NUMBER)
        return person

    def test_yes_confirms_the_one_appointment_to_come(self, told, sister, give, make_ticket):
        meaning = heard("OUI")
        told.refresh_from_db()
        assert (told.state, meaning.reference) == (Appointment.State.CONFIRMED, told.ticket.reference)

    def test_whoever_of_them_was_last_written_to(self, told, sister, give, make_ticket):
        past = give(THURSDAY + timedelta(days=1), ticket=make_ticket(person=sister))
        Outgoing.objects.filter(reminder__appointment=past).update(
            state="sent", sent_at=NOW + timedelta(minutes=5)
        )
        Appointment.objects.filter(pk=past.pk).update(state=Appointment.State.CANCELLED_BY_PERSON)
        meaning = heard("OUI")
        told.refresh_from_db()
        assert (told.state, meaning.reference) == (Appointment.State.CONFIRMED, told.ticket.reference)

    def test_of_two_to_come_an_agent_makes_sure(self, told, sister, give, make_ticket):
        other = give(THURSDAY + timedelta(days=1), ticket=make_ticket(person=sister))
        meaning = heard("OUI")
        for appointment in (told, other):
            appointment.refresh_from_db()
            assert appointment.state == Appointment.State.BOOKED
        assert "plusieurs rendez-vous sont prévus" in meaning.sentence

    def test_of_none_to_come_it_means_nothing(self, told, sister):
        assert heard("OUI", at=THURSDAY + timedelta(hours=1)) is None
