"""The last line of a thread is how it felt: in one gesture, once for each ticket, when it is over."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.chat import feeling
from channels_app.chat.models import Thread
from requests_app.feedback.models import FeltExperience
from requests_app.tickets.models import State, Ticket, Touchpoint
from requests_app.tickets.services import close, merge_tickets, withdraw

pytestmark = pytest.mark.django_db
QUESTION, THANKS, FINISHED = "Comment s’est passé ce contact", "Merci, c’est noté.", "J’ai fini"
SHUT, OPEN = 'data-asks="1">', 'data-asks="1" open>'


def html_of(writer):
    return writer.page().content.decode()


def tell(writer, face):
    return writer.client.post(f"{writer.path}avis/", {"ressenti": face})


def levels():
    return list(FeltExperience.objects.order_by("pk").values_list("ticket_id", "level", "sentence"))


def test_before_an_answer_the_faces_are_folded_behind_a_word(talk):
    page = html_of(talk)
    assert FINISHED in page
    assert QUESTION in page
    assert SHUT in page
    assert OPEN not in page
    assert page.count('name="ressenti"') == 3


def test_an_answer_asks_at_once(talk, reply):
    reply(talk.thread)
    assert OPEN in html_of(talk)


def test_a_closed_ticket_asks_at_once(talk, chloe):
    close(ticket=talk.thread.ticket, outcome="answered", by=chloe, at=timezone.now())
    assert OPEN in html_of(talk)


@pytest.mark.parametrize("face", ["2", "3", "4"])
def test_one_gesture_is_saved_as_by_every_channel(talk, face):
    ticket = talk.thread.ticket
    response = tell(talk, face)
    assert (response.status_code, response.url) == (303, f"{talk.path}#avis")
    assert levels() == [(ticket.pk, int(face), "")]
    page = html_of(talk)
    assert THANKS in page
    assert QUESTION not in page


def test_a_bad_face_is_read_by_an_agent_once(talk):
    for _click in range(2):
        tell(talk, "2")
    [opinion] = Touchpoint.objects.filter(facts__has_key="opinion")
    assert opinion.text == "Avis : Mal."
    assert talk.lines()[-1][0] == "in"
    assert len(talk.lines()) == 1


def test_the_first_face_counts(talk):
    ticket = talk.thread.ticket
    tell(talk, "4")
    assert tell(talk, "2").status_code == 303
    assert levels() == [(ticket.pk, 4, "")]


@pytest.mark.parametrize("face", ["", "1", "5", "non", "04", "٣", "9" * 5000])
def test_what_is_no_face_is_refused_in_words(talk, face):
    response = tell(talk, face)
    assert response.status_code == 422
    assert "Choisissez un des trois visages." in response.content.decode()
    assert levels() == []


def test_nothing_is_asked_of_a_ticket_withdrawn(talk):
    withdraw(ticket=talk.thread.ticket, at=timezone.now())
    assert QUESTION not in html_of(talk)
    tell(talk, "4")
    assert levels() == []


def test_N12_beside_the_numbers_to_call_nothing_is_asked(writer):
    writer.start("Mon mari me frappe, j’ai peur.")
    assert QUESTION not in html_of(writer)
    tell(writer, "4")
    assert levels() == []


def test_nothing_is_asked_before_there_is_a_ticket(talk):
    Thread.objects.update(ticket=None)
    assert QUESTION not in html_of(talk)
    assert tell(talk, "4").status_code == 303
    assert levels() == []


def test_merged_into_another_it_is_asked_of_that_one_once(talk, make_ticket, central):
    thread = talk.thread
    kept = make_ticket(person=thread.ticket.person, text=None)
    merged = {"merged": thread.ticket, "survivor": kept, "is_two_persons": True}
    merge_tickets(**merged, by=central, at=timezone.now())
    tell(talk, "3")
    assert levels() == [(kept.pk, 3, "")]
    assert THANKS in html_of(talk)


def test_W09_a_sensitive_thread_takes_no_face_from_another_browser(talk):
    Ticket.objects.update(is_sensitive=True)
    stranger = Client().post(f"{talk.path}avis/", {"ressenti": "4"})
    assert stranger.status_code == 403
    assert levels() == []
    tell(talk, "4")
    assert [level for _pk, level, _words in levels()] == [4]


def test_an_invented_link_takes_no_face(client, territory):
    assert client.post(f"/chat/{'x' * 22}/avis/", {"ressenti": "4"}).status_code == 404


def test_a_new_ticket_of_the_thread_is_asked_about_too(talk, make_ticket):
    tell(talk, "4")
    other = make_ticket(state=State.OPEN)
    Thread.objects.update(ticket=other)
    question = feeling.question_of(Thread.objects.get())
    assert question
    assert not question.is_answered
    feeling.tell(thread=Thread.objects.get(), level="3", at=timezone.now() + timedelta(days=1))
    assert [level for _pk, level, _words in levels()] == [4, 3]
