"""Who wrote in English is told of their appointment in English, by every channel; others in French."""

from datetime import timedelta

import pytest
from django.utils import translation

from requests_app.appointments import services as appointments
from requests_app.appointments.calendar_file import calendar_file
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint, Person
from requests_app.reminders.services import sweep
from requests_app.reminders.services.cancelling import cancel_and_confirm
from requests_app.tickets.models import Ticket
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.reminders.test_batches import forget_plans

FRIDAY = THURSDAY + timedelta(days=1)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def john(make_person):
    def known(language="en", **reached):
        person = make_person(given_name="John", **(reached or {"phone": "+33639981234"}))
        Person.objects.filter(pk=person.pk).update(language=language)
        return Person.objects.get(pk=person.pk)

    return known


@pytest.fixture
def told(give, make_ticket):
    """An appointment of somebody, and how to read the last thing said of it."""

    def book(person, **ticket):
        return give(ticket=make_ticket(person=person, received_at=NOW - timedelta(days=1), **ticket))

    return book


def last(purpose="confirmation"):
    said = Outgoing.objects.filter(reminder__purpose=purpose).latest("pk")
    return said.payload["text"].replace("\xa0", " "), said.payload.get("subject", "")


@pytest.mark.parametrize(
    ("person", "ticket"),
    [("en", ""), ("", "en"), ("fr", "en"), ("en", "en")],
    ids=["known of the person", "of the words", "the words win", "both"],
)
def test_by_sms_each_thing_is_said_in_english(told, john, wish, chloe, person, ticket):
    given = told(john(person), language=ticket)
    assert "appointment Thursday 26 Nov at 10:30, " in last()[0]
    assert "appointment Thursday 26 Nov at 10:30, " in last("reminder")[0]
    Outgoing.objects.update(state="sent", sent_at=NOW)
    appointments.move(appointment=given, wish=wish(FRIDAY), by=chloe, at=LATER)
    assert "new date: Friday 27 Nov at 10:30 (instead of Thursday 26 Nov" in last()[0]


def test_by_mail_the_subject_and_the_words(told, john, wish, chloe):
    given = told(john(email="john@exemple.fr"))
    text, subject = last()
    assert subject == f"Your request {given.ticket.reference}"
    assert "You have an appointment on Thursday 26 November at 10:30." in text
    Outgoing.objects.update(state="sent", sent_at=NOW)
    appointments.move(appointment=given, wish=wish(FRIDAY), by=chloe, at=LATER)
    new = "a new date: Friday 27 November at 10:30 (instead of Thursday 26 November at 10:30)."
    assert new in last()[0]


@pytest.mark.parametrize("reached", [{"phone": "+33639981234"}, {"email": "john@exemple.fr"}])
def test_cancelled_by_the_service(told, john, chloe, reached):
    given = told(john(**reached))
    Outgoing.objects.update(state="sent", sent_at=NOW)
    appointments.call_off(appointment=given, reason="Agent absent", by=chloe, at=LATER)
    text, _subject = last("cancellation")
    assert "ppointment on Thursday 26 Nov" in text
    assert "cancel" in text
    assert "RDV" not in text
    assert "rendez-vous" not in text


def test_cancelled_as_they_asked(told, john):
    given = told(john())
    point = ContactPoint.objects.get(person=given.ticket.person_id, kind="phone")
    cancel_and_confirm(given, point, LATER)
    text, _subject = last("cancelled_as_asked")
    assert "your appointment on Thursday 26 Nov at 10:30 is cancelled. New date:" in text


def test_by_the_next_way_too(told, john):
    told(john(email="john@exemple.fr", phone="+33639981234"))
    Outgoing.objects.filter(channel="sms").update(state="failed", ended_at=LATER, reason="Numéro inconnu")
    sweep(at=LATER + timedelta(minutes=1))
    assert "Thursday 26 November" in last()[0]


@pytest.mark.parametrize("language", ["", "fr", "it"])
@pytest.mark.parametrize("reached", [{"phone": "+33639981234"}, {"email": "john@exemple.fr"}])
def test_others_read_french_whatever_the_agent_reads(told, john, language, reached):
    with translation.override("en"):
        told(john(language, **reached), language=language)
    text, subject = last()
    assert "jeudi 26" in text
    assert subject in {"", f"Votre demande {Ticket.objects.get().reference}"}


def test_planned_by_batches_in_english_too(told, john):
    told(john())
    forget_plans()
    sweep(at=NOW)
    assert "Thursday 26 Nov" in last("reminder")[0]


class TestCalendar:
    def summary(self, given, **spoken):
        raw = calendar_file(given, at=NOW, **spoken).decode()
        return next(line for line in raw.split("\r\n") if line.startswith("SUMMARY:"))

    def test_in_english(self, told, john, settings):
        given = told(john())
        assert self.summary(given, language="en") == f"SUMMARY:{settings.AUTHORITY_NAME}: Appointment"
        assert self.summary(given).endswith(" : Rendez-vous")

    def test_a_name_of_an_administrator_is_said_as_it_is(self, told, john):
        given = told(john())
        given.type.public_label = "Atelier"
        assert self.summary(given, language="en").endswith(": Atelier")

    def test_the_agents_file_speaks_as_the_person(self, told, john, client_of, chloe):
        given = told(john())
        path = f"/demandes/{given.ticket.reference}/rendez-vous/{given.pk}/fichier/"
        assert ": Appointment" in client_of(chloe).get(path).content.decode()
