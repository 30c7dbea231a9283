"""An agent answers from the ticket page, and the answer is on the page of the person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from channels_app.chat import telling
from channels_app.chat.key import address_of
from channels_app.chat.models import Line
from channels_app.chat.tests.conftest import FIRST
from channels_app.delivery import services as delivery
from requests_app.answers.recipients import read_recipients
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, ToDo

pytestmark = pytest.mark.django_db
STATES = Outgoing.State


def test_the_ticket_page_shows_the_thread_and_offers_it_first(talk, ticket_page):
    thread = talk.thread
    assert read_recipients(thread.ticket)[0].choice == f"chat:{address_of(thread.pk)}"
    page = ticket_page(thread.ticket)
    assert FIRST in page
    assert "Tchat · conversation" in page


def test_an_answer_from_the_ticket_page_is_on_the_page_of_the_person(talk, client_of, chloe):
    thread = talk.thread
    fields = {
        "text": "Il est complet.",
        "to": f"chat:{address_of(thread.pk)}",
        "token": "0" * 32,
        "version": thread.ticket.version,
    }
    posted = client_of(chloe).post(reverse("backoffice:answer", args=[thread.ticket.reference]), fields)
    assert posted.status_code == 302
    delivery.sweep(at=timezone.now() + timedelta(minutes=1))
    assert talk.lines() == [("in", FIRST), ("out", "Il est complet.")]
    assert Outgoing.objects.get(kind="answer").state == STATES.SENT
    assert "Il est complet." in talk.page().content.decode()


def test_O01_a_second_try_adds_no_second_line(talk, reply):
    reply(talk.thread)
    answer = Outgoing.objects.get(kind="answer")
    Outgoing.objects.filter(pk=answer.pk).update(state=STATES.QUEUED, sent_at=None)
    delivery.sweep(at=timezone.now() + timedelta(minutes=2))
    assert Line.objects.filter(outgoing=answer).count() == 1


def test_with_a_contact_the_thread_still_comes_first(writer, lyon_8, reply):
    writer.start(contact="amina@exemple.fr")
    Ticket.objects.update(maison=lyon_8)
    offered = [each.choice for each in read_recipients(writer.thread.ticket)]
    assert offered == [f"chat:{address_of(writer.thread.pk)}", "mail:amina@exemple.fr"]
    reply(writer.thread)
    assert writer.lines()[-1] == ("out", "Votre dossier est complet.")


def messages_to_contact():
    return list(Outgoing.objects.filter(key__startswith="chat:").order_by("pk"))


def sweep_in_a_minute(at=None):
    return telling.tell_unread(at=(at or timezone.now()) + timedelta(seconds=80))


@pytest.fixture
def gone(writer, lyon_8):
    """Somebody who left a mail address and closed the page."""
    writer.start(contact="amina@exemple.fr")
    Ticket.objects.update(maison=lyon_8)
    return writer


def test_leave_and_go_on_an_answer_nobody_fetched_also_goes_to_the_contact_once(gone, reply):
    reply(gone.thread)
    assert telling.tell_unread(at=timezone.now() + timedelta(seconds=30)) == 0
    assert sweep_in_a_minute() == 1
    assert sweep_in_a_minute() == 0
    [message] = messages_to_contact()
    assert (message.channel, message.recipient, message.kind) == ("mail", "amina@exemple.fr", "answer")
    assert "Votre dossier est complet." in message.payload["text"]
    assert "{lien}" in message.payload["text"]


def test_the_link_of_that_message_opens_the_thread(gone, reply, client):
    from requests_app.outbox.links import insert_links

    reply(gone.thread)
    sweep_in_a_minute()
    [message] = messages_to_contact()
    secret = insert_links("{lien}", message).rsplit("/", 1)[1]
    page = client.get(f"/s/{secret}", follow=True)
    assert page.redirect_chain[0][0] == f"/chat/{secret}/"
    assert "Votre dossier est complet." in page.content.decode()


def test_an_answer_that_a_page_fetched_goes_nowhere_else(gone, reply):
    reply(gone.thread)
    gone.poll()
    assert sweep_in_a_minute() == 0
    assert messages_to_contact() == []


def test_a_304_is_no_fetch_and_a_page_without_script_is_one(gone, reply):
    etag = gone.poll().headers["ETag"]
    assert gone.poll(**{"If-None-Match": etag}).status_code == 304
    reply(gone.thread)
    gone.page()
    assert sweep_in_a_minute() == 0


def test_several_answers_left_unread_are_one_message(gone, reply):
    thread = gone.thread
    reply(thread, "Un.")
    reply(thread, "Deux.")
    assert sweep_in_a_minute() == 1
    [message] = messages_to_contact()
    assert "Un.\n\nDeux." in message.payload["text"]


def test_without_a_contact_it_waits_on_the_page(talk, reply):
    reply(talk.thread)
    assert sweep_in_a_minute() == 0
    assert talk.lines()[-1][0] == "out"


@pytest.mark.parametrize(("words", "is_whole"), [("C’est oui.", True), ("Très long. " * 30, False)])
def test_by_sms_the_answer_itself_where_it_fits_one_message(writer, lyon_8, reply, words, is_whole):
    writer.start(contact="06 39 98 12 34")
    Ticket.objects.update(maison=lyon_8)
    reply(writer.thread, words)
    sweep_in_a_minute()
    [message] = messages_to_contact()
    assert message.channel == "sms"
    assert ("C'est oui." in message.payload["text"].replace("’", "'")) is is_whole
    assert "{lien}" in message.payload["text"]


def test_A03_the_sms_of_a_sensitive_ticket_says_no_word_of_the_answer(writer, lyon_8, reply):
    writer.start(contact="06 39 98 12 34")
    Ticket.objects.update(maison=lyon_8, is_sensitive=True)
    reply(writer.thread, "C’est oui.")
    sweep_in_a_minute()
    [message] = messages_to_contact()
    assert "oui" not in message.payload["text"]


def test_N06_nothing_goes_to_a_contact_that_was_removed(gone, reply, monkeypatch):
    reply(gone.thread)
    monkeypatch.setattr(telling, "former_values", lambda person_id: {"amina@exemple.fr"})
    assert sweep_in_a_minute() == 0
    assert messages_to_contact() == []


def test_the_copy_is_on_the_ticket_page(gone, reply, ticket_page):
    reply(gone.thread)
    sweep_in_a_minute()
    page = ticket_page(gone.thread.ticket)
    assert "amina@exemple.fr" in page


def test_a_link_that_an_agent_cut_makes_an_answer_without_contact_fail_aloud(talk, reply, chloe):
    from requests_app.tickets.services.follow_up import cut_links

    thread = talk.thread
    cut_links(ticket=thread.ticket, by=chloe, at=timezone.now())
    assert talk.page().status_code == 404
    reply(thread)
    assert Outgoing.objects.get(kind="answer").state == STATES.FAILED
    assert ToDo.objects.exists()


def test_a_file_is_refused_in_words():
    from channels_app.chat.outbound import ChatOutbound
    from requests_app.channels.outbound import Reply, ReplyFile

    reply = Reply(ticket_id=1, reference="x", full=dict, typed="Voici", files=[ReplyFile("a.pdf", "pdf")])
    assert "ne porte pas de fichier" in ChatOutbound().compose(reply).why_not
