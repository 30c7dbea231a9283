"""The sending services by HTTP: real libraries, a local server in their place (threats: O03)."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from django.utils import timezone

from channels_app.contract import BadAddress, TemporaryFailure, Uncertain, Undeliverable
from channels_app.mail.outbound import MailOutbound
from channels_app.mail.sending import connections
from requests_app.outbox.models import Outgoing

KEYS = {
    "mailgun": "clef@mg.exemple.fr",
    "postmark": "clef@",
    "brevo": "clef@",
    "mailjet": "clef:secret@",
    "amazon_ses": "CLEF:secret@eu-west-3",
}
ACCEPTED = {
    "mailgun": {"id": "<id-1@x>", "message": "Queued"},
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "id-1", "To": "amina@exemple.fr"},
    "brevo": {"messageId": "id-1"},
    "mailjet": {
        "Messages": [{"Status": "success", "To": [{"Email": "amina@exemple.fr", "MessageID": "id-1"}]}]
    },
    "amazon_ses": {"MessageId": "id-1"},
}


class Service(ThreadingHTTPServer):
    """Answers what it is told to, and keeps what it was given."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.status, self.wait_s, self.is_cut = 200, 0.0, False
        self.body: dict[str, object] = {}
        self.given: list[str] = []


class Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        server.given.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        time.sleep(server.wait_s)
        if server.is_cut:
            self.connection.close()
            return
        body = json.dumps(server.body).encode()
        self.send_response(server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service(settings, monkeypatch):
    server = Service()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setattr(connections, "TIMEOUT_S", 0.5)
    server.by = lambda name: use(settings, server, name)
    yield server.by("postmark")
    server.shutdown()
    server.server_close()


def use(settings, server, name):
    settings.EMAIL_URL = f"anymail+{name}://{KEYS[name]}?api=http://127.0.0.1:{server.server_port}/"
    server.body = ACCEPTED[name]
    return server


def speak():
    return MailOutbound().send(
        Outgoing(
            kind="acknowledgment",
            recipient="amina@exemple.fr",
            message_id="gru.x@demande.invalid",
            payload={"subject": "Reçue", "text": "Bonjour", "reply_to": "demande+x@demande.invalid"},
            created_at=timezone.now(),
        ),
        at=timezone.now(),
    )


@pytest.mark.parametrize("name", KEYS)
def test_each_service_takes_a_message_and_gives_its_own_id(service, name):
    service.by(name)
    assert "id-1" in speak()
    (given,) = service.given
    assert "demande+x" in unquote(given) or name == "amazon_ses"  # Amazon's is wrapped in base64


@pytest.mark.parametrize("name", ["mailgun", "postmark", "brevo"])
def test_the_message_id_stays_ours_where_the_service_lets_us(service, name):
    service.by(name)
    speak()
    assert "<gru.x@demande.invalid>" in unquote(service.given[0])


def test_mailjet_refuses_our_message_id_and_is_not_given_it(service):
    service.by("mailjet")
    speak()
    (message,) = json.loads(service.given[0])["Messages"]
    assert "Message-ID" not in message.get("Headers", {})


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((400, Undeliverable), (422, Undeliverable)),
        *((401, TemporaryFailure), (429, TemporaryFailure), (500, TemporaryFailure), (503, TemporaryFailure)),
        *((502, Uncertain), (504, Uncertain)),
    ],
)
@pytest.mark.parametrize("name", ["postmark", "brevo", "amazon_ses"])
def test_O03_each_refusal_is_told_apart(service, name, status, error):
    service.by(name).status, service.body = status, {"message": "non"}
    with pytest.raises(error, match=str(status)):
        speak()


def test_O06_a_refused_recipient_is_an_address_to_check(service):
    service.status = 422
    inactive = "Found inactive addresses: amina@exemple.fr. Inactive recipients are ones that bounced."
    service.body = {"ErrorCode": 406, "Message": inactive}
    with pytest.raises(BadAddress):
        speak()
    service.body = {"ErrorCode": 406, "Message": "in other words than usual"}
    with pytest.raises(Undeliverable):
        speak()


@pytest.mark.parametrize("name", ["postmark", "amazon_ses"])
def test_O03_a_service_that_hangs_or_hangs_up_leaves_a_doubt(service, name):
    service.by(name).wait_s = 1.5
    with pytest.raises(Uncertain):
        speak()
    service.wait_s, service.is_cut = 0.0, True
    with pytest.raises(Uncertain):
        speak()


@pytest.mark.parametrize("name", ["postmark", "amazon_ses"])
def test_O03_a_service_that_is_away_is_tried_later(settings, name):
    settings.EMAIL_URL = f"anymail+{name}://{KEYS[name]}?api=http://127.0.0.1:1/"
    with pytest.raises(TemporaryFailure):
        speak()
