"""« J’ai fini sur cet ordinateur », and the page of the request that shows the same words (W09, W11)."""

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.chat import telling
from channels_app.chat.tests.conftest import FIRST
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db
CLOSED, BUTTON = "Cette page est fermée", "J’ai fini sur cet ordinateur"


def follow_page(ticket):
    key = f"acknowledgment:{ticket.pk}"
    links.link_for(key, "ticket", ticket.pk, timezone.now())
    secret = links.insert_links("{lien}", Outgoing(key=key)).rpartition("/")[2]
    return Client().get(f"/suivi/{secret}/").content.decode()


class TestLeaving:
    def test_W11_this_browser_shows_it_no_more_and_another_does(self, talk):
        thread, path = talk.thread, talk.path
        assert BUTTON in talk.page().content.decode()
        left = talk.client.post(f"{path}fini/", follow=True)
        assert CLOSED in left.content.decode()
        page = talk.page()
        assert page.status_code == 403
        assert CLOSED in page.content.decode()
        assert "suivez votre demande" in page.content.decode()
        assert thread.ticket.reference not in page.content.decode()
        assert FIRST not in page.content.decode()
        assert FIRST in Client().get(path).content.decode()  # their own telephone

    def test_W11_nothing_is_read_or_written_there_any_more(self, talk):
        talk.client.post(f"{talk.path}fini/")
        assert talk.poll().status_code == 404
        assert talk.write("Encore une ligne.", "b").status_code == 403
        assert talk.client.post(f"{talk.path}avis/", {"ressenti": "4"}).status_code == 403
        assert Client().get(f"{talk.path}messages/").status_code == 200

    def test_W11_the_first_form_sent_again_by_back_shows_nothing(self, talk):
        talk.client.post(f"{talk.path}fini/")
        assert talk.start().status_code == 303
        assert FIRST not in talk.page().content.decode()

    def test_W11_a_sensitive_one_is_not_opened_by_its_old_cookie(self, talk):
        Ticket.objects.update(is_sensitive=True)
        assert FIRST in talk.page().content.decode()
        talk.client.post(f"{talk.path}fini/")
        talk.client.cookies.pop("gru_fini")
        assert FIRST not in talk.page().content.decode()

    def test_a_made_up_link_gets_the_same_answer(self, client, db):
        assert client.post(f"/chat/{'x' * 22}/fini/").url == "/suivi/fini/"


class TestPageOfTheRequest:
    def test_shows_both_sides_at_once(self, talk, reply):
        reply(talk.thread)
        page = follow_page(talk.thread.ticket)
        assert FIRST in page
        assert "Votre dossier est complet." in page

    def test_shows_an_answer_once_though_it_also_went_to_the_contact(self, writer, lyon_8, reply):
        writer.start(contact="amina@exemple.fr")
        Ticket.objects.update(maison=lyon_8)
        thread = writer.thread
        reply(thread)
        telling.tell_unread(at=timezone.now() + telling.FETCHED_WITHIN * 3)
        Outgoing.objects.filter(kind="answer").update(state=Outgoing.State.SENT, sent_at=timezone.now())
        assert Outgoing.objects.filter(kind="answer").count() == 2
        assert follow_page(thread.ticket).count("Votre dossier est complet.") == 1

    def test_W09_not_the_conversation_of_another_request(self, talk, reply, make_ticket):
        reply(talk.thread)
        page = follow_page(make_ticket(sender="elle@exemple.fr"))
        assert FIRST not in page
        assert "Votre dossier est complet." not in page
