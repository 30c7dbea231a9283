"""A real sending server on this machine: what it accepted is the truth."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.mail.sending import connections
from gru.demo.post_office.shelf import Shelf
from gru.demo.post_office.smtp import Trouble, start_server
from gru.demo.post_office.web import serving
from gru.launcher.ports import any_free
from requests_app.lib import seals
from requests_app.outbox.services import Message, queue

NO_DELAY = timedelta()


class Office:
    """The shelf, the trouble to make, and the address."""

    def __init__(self, folder) -> None:
        self.shelf, self.trouble = Shelf(folder / "mails.jsonl", kept=20_000), Trouble()
        self.smtp_port, self.port = any_free(), any_free()
        self.url = f"smtp://127.0.0.1:{self.smtp_port}?ask=http://127.0.0.1:{self.port}/courriels/recu"

    def open(self):
        self.smtp = start_server(self.shelf, self.trouble, host="127.0.0.1", port=self.smtp_port)
        self.is_open = True

    def close(self):
        if self.is_open:
            self.smtp.stop()
        self.is_open = False

    @property
    def lines(self):
        """How many connections the server was asked for."""
        return self.smtp.handler.lines

    @property
    def ids(self):
        return [mail.message_id for mail in self.shelf.newest_first()]


@pytest.fixture
def office(tmp_path, settings, monkeypatch):
    place = Office(tmp_path)
    place.open()
    web = serving(place.shelf, place.trouble, host="127.0.0.1", port=place.port)
    threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True).start()
    settings.EMAIL_URL = place.url
    monkeypatch.setattr(connections, "TIMEOUT_S", 1)
    monkeypatch.setattr(connections, "_kept", threading.local())
    yield place
    web.shutdown()
    web.server_close()
    place.close()


@pytest.fixture
def to_send(db):
    """A message in the outbox, due now; what Message does not know goes to its payload."""

    def make(
        key="1",
        recipient="amina@exemple.fr",
        delay=NO_DELAY,
        contact_point=None,
        stored=(),
        at=None,
        **payload,
    ):
        message = Message(
            key=f"acknowledgment:{key}:{recipient}:mail",
            kind="acknowledgment",
            channel="mail",
            recipient=recipient,
            message_id=seals.new_message_id("LYN-7K4P2Q"),
            payload={"subject": "Votre demande LYN-7K4P2Q", "text": "Bonjour,\n\nReçue.", **payload},
            files=tuple(stored),
            contact_point=contact_point,
            delay=delay,
        )
        return queue(message, at=at or timezone.now())[0]

    return make
