"""Understood or not, words about an appointment put a mark that an agent sees."""

from datetime import timedelta

import pytest

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import ToDo
from requests_app.tickets.services import receive
from tests.requests_app.appointments.conftest import NOW, THURSDAY

Reply, State = Appointment.Reply, Appointment.State
NUMBER, MAIL = "+33639981234", "amina@exemple.fr"
LATER = NOW + timedelta(hours=1)


def sent(at=NOW, **where):
    """What waits has left."""
    Outgoing.objects.filter(**(where or {"reminder__purpose": "confirmation"})).update(
        state="sent", sent_at=at
    )


@pytest.fixture
def told(give):
    given = give()
    sent()
    return given


def sms(text, *, number=NUMBER, at=LATER, **fields):
    said = InboundMessage(
        channel="sms",
        occurred_at=at,
        text=text,
        sender_kind="phone",
        sender_value=number,
        by_number=number,
        **fields,
    )
    return receive(said, at=at)


def mail(text, *, at=LATER, **fields):
    values = {"sender_kind": "email", "sender_value": MAIL, **fields}
    return receive(InboundMessage(channel="mail", occurred_at=at, text=text, **values), at=at)


def tasks_of(appointment):
    return list(ToDo.objects.to_do().filter(ticket=appointment.ticket, kind=ToDo.Kind.APPOINTMENT))


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.fixture
def amina_writes(amina):
    ContactPoint.objects.get_or_create(person=amina, kind="email", value=MAIL, defaults={"created_at": NOW})
    return amina


class TestBySms:
    def test_who_can_not_come_marks_the_appointment_and_asks_an_agent(self, told):
        sms("Je ne pourrai pas venir jeudi")
        told.refresh_from_db()
        assert (told.state, told.reply, told.replied_at) == (State.BOOKED, Reply.NOT_COMING, LATER)
        (task,) = tasks_of(told)
        assert task.due_at == THURSDAY
        assert plain(task.text) == (
            "Rendez-vous du jeudi 26 novembre à 10 h 30 : la personne dit qu’elle ne viendra pas. "
            "Changez-le, ou annulez-le."
        )

    @pytest.mark.parametrize("text", ["oui merci", "Oui je serai là jeudi, merci", "ok pour le 26/11"])
    def test_a_yes_in_other_words_confirms_and_asks_nothing(self, told, text):
        sms(text)
        told.refresh_from_db()
        assert (told.state, told.reply) == (State.CONFIRMED, Reply.COMING)
        assert not tasks_of(told)

    @pytest.mark.parametrize("text", ["annuler svp", "ANNULER", "Merci d’annuler mon rdv de jeudi"])
    def test_an_order_to_cancel_is_done_confirmed_and_seen(self, told, text):
        sms(text)
        told.refresh_from_db()
        assert (told.state, told.reply) == (State.CANCELLED_BY_PERSON, Reply.NOT_COMING)
        assert "la personne l’a annulé" in tasks_of(told)[0].text
        said = Outgoing.objects.get(reminder__purpose="cancelled_as_asked")
        assert (said.recipient, said.state) == (NUMBER, Outgoing.State.QUEUED)
        assert "votre RDV du jeudi 26/11 à 10h30 est annulé" in said.payload["text"]

    @pytest.mark.parametrize(
        "text", ["👍", "C’est noté, à jeudi", "ok mais mon mari vient aussi", "نعم", "Merci"]
    )
    def test_words_not_understood_are_marked_to_read(self, told, text):
        sms(text)
        told.refresh_from_db()
        assert (told.state, told.reply) == (State.BOOKED, Reply.WROTE)
        assert "Lisez son message." in tasks_of(told)[0].text

    @pytest.mark.parametrize("text", ["ok pour mardi", "annuler mardi", "oui le 27 novembre"])
    def test_another_day_than_its_own_acts_on_nothing(self, told, text):
        sms(text)
        told.refresh_from_db()
        assert (told.state, told.reply) == (State.BOOKED, Reply.WROTE)

    def test_a_question_of_an_agent_asked_since_is_what_a_yes_answers(self, told):
        Outgoing.objects.filter(reminder__days_before=7).update(
            kind="answer", state="sent", sent_at=NOW + timedelta(minutes=30)
        )
        told.reminders.filter(days_before=7).delete()
        sms("Oui je confirme, merci beaucoup")
        told.refresh_from_db()
        assert told.state == State.BOOKED

    def test_the_last_words_are_what_is_to_do(self, told):
        sms("Je ne pourrai pas venir jeudi")
        sms("Une autre date svp", at=LATER + timedelta(minutes=1))
        told.refresh_from_db()
        assert told.reply == Reply.OTHER_DATE
        assert ["demande une autre date" in task.text for task in tasks_of(told)] == [True]
        assert Appointment.objects.get().ticket.tasks_count == 1

    @pytest.mark.parametrize("step", ["move", "call_off", "came"])
    def test_what_an_agent_decides_ends_what_was_to_do(self, told, wish, chloe, step):
        sms("Je ne pourrai pas venir jeudi")
        told.refresh_from_db()
        if step == "move":
            later = THURSDAY + timedelta(days=1)
            appointments.move(appointment=told, wish=wish(later), by=chloe, at=LATER)
            assert told.reply == ""
        elif step == "call_off":
            appointments.call_off(appointment=told, reason="Elle ne vient pas", by=chloe, at=LATER)
        else:
            appointments.note_came(appointment=told, by=chloe, at=THURSDAY)
        assert not tasks_of(told)
        told.ticket.refresh_from_db()
        assert told.ticket.tasks_count == 0

    def test_a_shared_number_only_marks_it(self, told, share_contact, make_person):
        share_contact(make_person(given_name="Paul"), NUMBER)
        sms("annuler svp", is_sender_sure=False)
        told.refresh_from_db()
        assert (told.state, told.reply) == (State.BOOKED, Reply.NOT_COMING)
        assert "Vérifiez que c’est bien cette personne." in tasks_of(told)[0].text
        assert not Outgoing.objects.filter(reminder__purpose="cancelled_as_asked").exists()

    def test_a_stranger_marks_nothing(self, told):
        sms("Je ne pourrai pas venir jeudi", number="+33639985678")
        told.refresh_from_db()
        assert told.reply == ""

    def test_what_an_agent_notes_is_no_answer(self, told, chloe):
        said = InboundMessage(
            channel="phone",
            occurred_at=LATER,
            text="Elle ne pourra pas venir jeudi",
            person_id=told.ticket.person_id,
            author_id=chloe.pk,
        )
        receive(said, at=LATER)
        told.refresh_from_db()
        assert told.reply == ""


class TestByMail:
    def test_a_new_mail_of_the_person_marks_their_appointment(self, told, amina_writes):
        received = mail("Bonjour, je ne pourrai pas venir jeudi. Cordialement, Amina")
        told.refresh_from_db()
        assert received.ticket != told.ticket
        assert told.reply == Reply.NOT_COMING
        assert received.ticket.reference in tasks_of(told)[0].text

    def test_an_answer_in_the_ticket_confirms(self, told, amina_writes):
        mail("Oui merci", follows=told.ticket.reference)
        told.refresh_from_db()
        assert told.state == State.CONFIRMED

    def test_no_mail_cancels_by_itself(self, told, amina_writes):
        mail("Annuler svp", follows=told.ticket.reference)
        told.refresh_from_db()
        assert (told.state, told.reply) == (State.BOOKED, Reply.NOT_COMING)
        assert tasks_of(told)

    def test_a_mail_about_something_else_marks_nothing(self, told, amina_writes):
        mail("Bonjour, où en est mon dossier de logement ?")
        told.refresh_from_db()
        assert told.reply == ""

    def test_with_two_to_come_the_day_named_is_the_one(self, told, give, make_ticket, amina_writes):
        other = give(THURSDAY + timedelta(days=1), ticket=make_ticket(person=amina_writes))
        mail("Je ne pourrai pas venir vendredi")
        other.refresh_from_db()
        told.refresh_from_db()
        assert (other.reply, told.reply) == (Reply.NOT_COMING, "")

    def test_a_machine_marks_nothing(self, told, amina_writes):
        mail("Je ne pourrai pas venir jeudi", marks=("machine",))
        told.refresh_from_db()
        assert told.reply == ""

    def test_of_an_unknown_person_nothing_is_read(self, told, django_assert_max_num_queries):
        with django_assert_max_num_queries(14):
            mail("Je ne pourrai pas venir jeudi", sender_value="inconnue@exemple.fr")


class TestOnThePage:
    def test_another_date_marks_it_whatever_the_words(self, told):
        facts = {"about": "appointment", "appointment": told.pk}
        said = InboundMessage(
            channel="portal",
            occurred_at=LATER,
            text="mardi matin",
            person_id=told.ticket.person_id,
            follows=told.ticket.reference,
            facts=facts,
        )
        receive(said, at=LATER)
        told.refresh_from_db()
        assert told.reply == Reply.OTHER_DATE
        assert "demande une autre date" in tasks_of(told)[0].text

    def test_the_button_to_cancel_asks_an_agent_and_its_undo_ends_that(self, told):
        appointments.cancel_by_person(appointment=told, by=None, at=LATER)
        assert "la personne l’a annulé" in tasks_of(told)[0].text
        appointments.undo(appointment=told, by=None, at=LATER + timedelta(minutes=1))
        told.refresh_from_db()
        assert (told.state, told.reply, tasks_of(told)) == (State.BOOKED, "", [])

    def test_what_an_agent_was_told_asks_nothing_more(self, told, chloe):
        appointments.cancel_by_person(appointment=told, by=chloe, at=LATER)
        assert not tasks_of(told)


class TestStrangers:
    def test_S04_a_stranger_who_names_the_ticket_cancels_nothing_and_is_doubted(self, told):
        sms(f"{told.ticket.reference} je ne viendrai pas", number="+33639980000")
        told.refresh_from_db()
        assert told.state == State.BOOKED
        assert "Vérifiez que c’est bien cette personne." in plain(tasks_of(told)[0].text)

    def test_S04_a_no_from_a_number_of_two_persons_cancels_nothing(self, told, make_person):
        make_person(given_name="Karim", family_name="Benali", phone=NUMBER)
        sms("annuler merci", follows=told.ticket.reference)
        told.refresh_from_db()
        assert told.state == State.BOOKED
