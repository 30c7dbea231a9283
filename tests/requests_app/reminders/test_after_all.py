"""Whoever says after a cancellation that they come is seen by an agent: nothing is given back by itself."""

from datetime import timedelta

import pytest

from requests_app.access.scope import scope_of
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.appointments.selectors import answered_at, appointments_of_ticket
from requests_app.outbox.models import Outgoing
from requests_app.reminders.reading import comes_after_all
from requests_app.tickets.models import ToDo
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.reminders.test_replies import LATER, mail, plain, sent, sms, tasks_of, told  # noqa: F401

Reply, State = Appointment.Reply, Appointment.State
AMINA = "amina.benali@exemple.fr"
MUCH_LATER = LATER + timedelta(hours=1)


@pytest.fixture
def cancelled(told):  # noqa: F811
    """Cancelled by SMS, and confirmed to the person."""
    sms("Annuler svp")
    Outgoing.objects.filter(reminder__purpose="cancelled_as_asked").update(state="sent", sent_at=LATER)
    told.refresh_from_db()
    assert told.state == State.CANCELLED_BY_PERSON
    return told


@pytest.mark.parametrize(
    "text",
    [
        *(
            "finalement je viens",
            "Finalement je viendrai jeudi",
            "je viens quand même",
            "Je pourrai venir, désolé",
        ),
        *("j’ai changé d’avis je serai là", "Gardez mon rdv svp", "n'annulez pas", "j'ai annulé par erreur"),
        *("Annulez l’annulation", "je me suis trompée, remettez mon rendez-vous", "Je suis libre en fait"),
        *("I can come after all", "I changed my mind, I’ll be there", "cancelled by mistake, sorry"),
        *("Oui je viens", "en fin de compte c'est bon", "FINALEMENT JE SUIS DISPONIBLE LE 26"),
    ],
)
def test_it_marks_the_appointment_the_agenda_and_what_is_to_do(cancelled, chloe, text):
    sms(text, at=MUCH_LATER)
    cancelled.refresh_from_db()
    assert (cancelled.state, cancelled.reply) == (State.CANCELLED_BY_PERSON, Reply.COMING)
    [task] = tasks_of(cancelled)
    assert "annulé : la personne dit qu’elle viendra. Redonnez-le" in plain(task.text)
    seen = answered_at(
        maison_id=cancelled.maison_id, start=NOW, end=THURSDAY + timedelta(days=1), scope=scope_of(chloe)
    )
    assert [(line.id, line.has_reply, line.wrote_since) for line in seen] == [(cancelled.pk, True, True)]
    assert [line.reply_label for line in appointments_of_ticket(cancelled.ticket, scope=scope_of(chloe))] == [
        "Dit qu’elle viendra"
    ]


@pytest.mark.parametrize("text", ["Merci", "ok merci", "D'accord, bonne journée", "Bien reçu"])
def test_thanks_for_the_cancellation_say_nothing(cancelled, text):
    before = [task.text for task in tasks_of(cancelled)]
    sms(text, at=MUCH_LATER)
    cancelled.refresh_from_db()
    assert cancelled.reply == Reply.NOT_COMING
    assert [task.text for task in tasks_of(cancelled)] == before


@pytest.mark.parametrize(
    "text", ["Je ne viendrai pas finalement", "Can’t come after all", "Je viens d’avoir un bébé"]
)
def test_what_says_no_again_is_no_yes(text):
    assert not comes_after_all(text)


def test_another_date_is_asked_of_a_cancelled_one_too(cancelled):
    sms("Une autre date svp", at=MUCH_LATER)
    cancelled.refresh_from_db()
    assert cancelled.reply == Reply.OTHER_DATE
    assert "annulé : la personne a écrit depuis" in plain(tasks_of(cancelled)[0].text)


def test_by_mail_after_an_agent_cancelled_for_the_person(told, chloe):  # noqa: F811
    appointments.cancel_by_person(appointment=told, by=chloe, at=LATER)
    text = "Bonjour, finalement je peux venir jeudi 26."
    mail(text, follows=told.ticket.reference, at=MUCH_LATER, sender_value=AMINA)
    told.refresh_from_db()
    assert told.reply == Reply.COMING
    assert len(tasks_of(told)) == 1


def test_after_the_service_cancelled_it(told, chloe):  # noqa: F811
    appointments.call_off(appointment=told, reason="Agent malade", by=chloe, at=LATER)
    Outgoing.objects.filter(reminder__purpose="cancellation").update(state="sent", sent_at=LATER)
    sms("Je viens quand même", at=MUCH_LATER)
    told.refresh_from_db()
    assert (told.state, told.reply) == (State.CANCELLED_BY_SERVICE, Reply.COMING)
    assert "qu’elle viendra" in tasks_of(told)[0].text


def test_another_one_to_come_is_the_one_meant(cancelled, give):
    other = give(THURSDAY + timedelta(days=7), ticket=cancelled.ticket)
    sent(at=LATER + timedelta(minutes=5), reminder__appointment=other)
    sms("Oui je viens", at=MUCH_LATER)
    cancelled.refresh_from_db()
    other.refresh_from_db()
    assert (cancelled.reply, other.state) == (Reply.NOT_COMING, State.CONFIRMED)


def test_given_back_nothing_is_left_to_do(cancelled, chloe):
    sms("finalement je viens", at=MUCH_LATER)
    cancelled.refresh_from_db()
    appointments.undo(appointment=cancelled, by=chloe, at=MUCH_LATER)
    assert not ToDo.objects.to_do().filter(kind=ToDo.Kind.APPOINTMENT).exists()


@pytest.mark.parametrize("text", ["Je serai un peu en retard", "finalement non", "C'est à quel étage ?"])
def test_other_words_after_an_answered_reminder(told, text):  # noqa: F811
    sms("oui")
    told.refresh_from_db()
    assert told.state == State.CONFIRMED
    sms(text, at=MUCH_LATER)
    told.refresh_from_db()
    assert told.reply == Reply.WROTE
    assert len(tasks_of(told)) == 1
