"""A way out that is broken in its own manner: no answer, no TLS, no end; the others go on (threats: O03)."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.contract import TemporaryFailure
from channels_app.delivery import services
from channels_app.delivery.services import sending, sweeping
from channels_app.mail.outbound import MailOutbound
from channels_app.mail.sending import connections
from requests_app.outbox.models import Outgoing
from tests.channels_app.delivery.conftest import send, state_of

pytestmark = pytest.mark.django_db
State = Outgoing.State
MAX_LENGTH = timedelta(seconds=4)


@pytest.fixture
def listening():
    """A server that lets in and does what it is told with each line: `listening(job)` gives its port."""
    opened = []

    def listen(job):
        door = socket.create_server(("127.0.0.1", 0))
        opened.append(door)

        def serve():
            while True:
                try:
                    line, _address = door.accept()
                except OSError:
                    return
                threading.Thread(target=_do, args=(job, line), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        return door.getsockname()[1]

    yield listen
    for door in opened:
        door.close()


def _do(job, line):
    with line:
        try:
            job(line)
        except OSError:
            return


def says_nothing(line):
    line.recv(1)
    time.sleep(3)


def hangs_up(line):
    line.sendall(b"220 bonjour\r\n")


def is_no_tls(line):
    line.sendall(b"220 bonjour\r\n" * 3)
    line.recv(1000)


def test_O03_we_wait_ten_seconds_for_each_answer():
    assert connections.TIMEOUT_S == 10


@pytest.mark.parametrize("job", [says_nothing, hangs_up])
def test_O03_a_server_that_says_nothing_or_hangs_up_is_tried_later(office, to_send, settings, listening, job):
    settings.EMAIL_URL = f"smtp://127.0.0.1:{listening(job)}"
    outgoing, start = to_send(), timezone.now()
    assert send(outgoing) == State.QUEUED
    assert timezone.now() - start < MAX_LENGTH
    assert "ne répond pas" in outgoing.steps.get().text


@pytest.fixture
def self_signed(tmp_path, listening):
    """The port of a server whose certificate nobody vouches for."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x"]
    subprocess.run([*making, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def shake_hands(line):
        context.wrap_socket(line, server_side=True).sendall(b"220 bonjour\r\n")

    return listening(shake_hands)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_O03_an_error_of_tls_is_tried_later_and_nothing_is_said_in_the_clear(
    office, to_send, settings, listening, self_signed
):
    outgoing = to_send()
    for port in (listening(is_no_tls), self_signed):
        settings.EMAIL_URL = f"smtps://nom:mot@127.0.0.1:{port}"
        outgoing.refresh_from_db()
        assert send(outgoing, at=outgoing.try_after) == State.QUEUED
    assert "SSL" in outgoing.steps.order_by("-pk")[0].text


def test_O03_a_server_without_starttls_is_not_given_the_password(office, to_send, settings):
    settings.EMAIL_URL = f"smtp://nom:mot@127.0.0.1:{office.smtp_port}?tls=1"
    assert send(to_send()) == State.QUEUED
    assert office.ids == []


class Telephone:
    """Another way out, that works."""

    kind = "sms"

    def __init__(self):
        self.given = []

    def send(self, outgoing, *, at):
        self.given.append(outgoing.pk)
        return "id-1"


class Away(MailOutbound):
    """Mail, by a server that is away."""

    def send(self, outgoing, *, at):
        raise TemporaryFailure("panne")


def test_O03_the_other_channels_go_on_while_one_is_away(to_send, monkeypatch):
    telephone = Telephone()
    ways = {"mail": Away(), "sms": telephone}
    for module in (sending, sweeping):
        monkeypatch.setattr(module, "outbound_of", ways.__getitem__)
    mails = [to_send(key=f"mail-{rank}") for rank in range(8)]
    texts = [to_send(key=f"sms-{rank}") for rank in range(8)]
    Outgoing.objects.filter(pk__in=[text.pk for text in texts]).update(channel="sms")
    services.sweep(at=timezone.now())
    assert telephone.given == [text.pk for text in texts]
    assert {state_of(text) for text in texts} == {State.SENT}
    assert {state_of(mail) for mail in mails} == {State.QUEUED}
