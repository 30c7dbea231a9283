"""A browser that writes in the chat, and an agent who answers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels_app.chat import live
from channels_app.chat.key import KEY, address_of
from channels_app.chat.models import Thread
from channels_app.delivery import services as delivery
from requests_app.answers.recipients import Recipient
from requests_app.answers.services import answer, save_draft
from requests_app.tickets.models import Ticket

FIRST = "Bonjour, où en est mon dossier de logement ?"


@pytest.fixture(autouse=True)
def _nobody_is_there():
    """What lasts seconds outlives a rollback: each test begins alone."""
    live.breaker._silent_until = 0.0
    live._ask(lambda valkey: valkey.flushdb(), None)
    yield
    live._ask(lambda valkey: valkey.flushdb(), None)


class Writer:
    """One browser in one conversation."""

    def __init__(self):
        self.client, self.path = Client(), ""

    def start(self, text=FIRST, client_id="first", contact=""):
        fields = {"text": text, "client_id": client_id, "contact": contact}
        response = self.client.post("/chat/", fields)
        if response.status_code == 303:
            self.path = response.url
        return response

    def write(self, text, client_id=""):
        return self.client.post(self.path, {"text": text, "client_id": client_id})

    def page(self):
        return self.client.get(self.path)

    def poll(self, after=0, **headers):
        headers = {"Accept": "application/json", **headers}
        return self.client.get(f"{self.path}messages/?after={after}", headers=headers)

    def lines(self):
        return [(row["direction"], row["text"]) for row in self.poll().json()["messages"]]

    @property
    def thread(self):
        found = re.search(r"[A-Z]{3}-[A-Z0-9]{6}", self.page().content.decode())
        assert found
        return Thread.objects.select_related("ticket").get(ticket__reference=found[0])


@pytest.fixture
def writer(territory):
    return Writer()


@pytest.fixture
def talk(writer, lyon_8):
    """Somebody who has written their first line, at Chloé's Maison."""
    writer.start()
    Ticket.objects.update(maison=lyon_8)
    return writer


@pytest.fixture
def reply(chloe):
    """Answer a thread as the ticket page does; ten seconds later it has left."""

    def say(thread, text="Votre dossier est complet.", *, at=None):
        at = at or timezone.now()
        ticket = Ticket.objects.get(pk=thread.ticket_id)
        save_draft(ticket=ticket, kind="answer", text=text, by=chloe, at=at)
        to = Recipient(KEY, address_of(thread.pk))
        token = f"{abs(hash((text, at))):032x}"[:32]
        said = answer(ticket=ticket, to=to, token=token, by=chloe, at=at)
        delivery.sweep(at=at + timedelta(seconds=13))
        return said

    return say


@pytest.fixture
def ticket_page(client_of, chloe):
    def read(ticket):
        return client_of(chloe).get(reverse("backoffice:ticket", args=[ticket.reference])).content.decode()

    return read
