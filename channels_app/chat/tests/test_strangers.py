"""Somebody else's conversation: not by their words, their contact or their id (threats: W09, A01, I7)."""

from uuid import UUID

import pytest
from django.test import Client

from channels_app.chat.tests.conftest import FIRST, Writer
from requests_app.access.models import Reading
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db

WORDS = "Je voudrais prendre un rendez-vous."
FROM_THE_CLOCK = "0d586b9c-ed20-11f1-a7bb-02fc00000001"


class TestGuesser:
    """Whoever types the contact and the words of somebody else."""

    @pytest.mark.parametrize("contact", ["amina@exemple.fr", "06 39 98 12 34"])
    def test_W09_the_words_and_the_contact_of_somebody_open_another_ticket(self, territory, contact):
        writer, guesser = Writer(), Writer()
        writer.start(WORDS, "a", contact)
        guesser.start(WORDS, "b", contact)
        theirs, guessed = writer.poll().json()["reference"], guesser.poll().json()["reference"]
        assert theirs != guessed
        assert Ticket.objects.count() == 2

    def test_W09_their_next_line_stays_in_their_own_ticket(self, territory):
        writer, guesser = Writer(), Writer()
        writer.start(WORDS, "a", "amina@exemple.fr")
        guesser.start(WORDS, "b", "amina@exemple.fr")
        guesser.write("Et encore ceci, pour mon dossier.")
        guesser.write(WORDS)
        assert writer.lines() == [("in", WORDS)]
        first, second = Ticket.objects.order_by("pk")
        assert first.touchpoints.filter(direction="in").count() == 1
        assert second.touchpoints.filter(direction="in").count() == 3

    @pytest.mark.parametrize("name", [str(UUID(int=0)), str(UUID(int=1)), FROM_THE_CLOCK])
    def test_W09_an_id_made_of_zeros_or_of_the_clock_opens_no_thread_of_another_address(self, writer, name):
        writer.start(client_id=name)
        guesser = Client(REMOTE_ADDR="203.0.113.9")
        response = guesser.post("/chat/", {"text": FIRST, "client_id": name})
        assert response.status_code == 303
        assert response.url != writer.path
        assert Writer().start(client_id=name).url == writer.path


def test_I7_lines_that_the_conversations_page_asks_for_are_logged(talk, client_of, chloe, elsa):
    ticket = Ticket.objects.get()
    readings = Reading.objects.filter(kind="ticket", subject_id=ticket.pk)
    answer = client_of(chloe).get("/conversations/lignes/?after=0")
    assert [line["text"] for line in answer.json()["messages"]] == [FIRST]
    assert list(readings.values_list("user", flat=True)) == [chloe.pk]
    same = client_of(chloe).get("/conversations/lignes/?after=0", headers={"If-None-Match": answer["ETag"]})
    assert (same.status_code, readings.count()) == (304, 1)
    assert client_of(elsa).get("/conversations/lignes/?after=0").json()["messages"] == []
    assert readings.count() == 1
