"""Providers' calls: authentic or refused, and what becomes of them (threats: I1, M01, mail.md 24)."""

import gzip
import json
import socket
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.core.handlers.wsgi import WSGIRequest
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.mail.tests import calls
from channels_app.mail.tests.doors import stored_mails
from channels_app.mail.webhooks import body as bodies
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db

SHAPES = Path(conf.SHARED_DIR) / "data" / "webhooks"
RAW = (
    b"From: Amina <amina@exemple.fr>\r\nTo: accueil@demande.invalid\r\nSubject: Ma carte\r\n"
    b"Message-ID: <1@exemple.fr>\r\n\r\nMa carte est perdue.\r\n"
)
PHOTO = RAW.partition(b"\r\n\r\n")[0] + (
    b'\r\nContent-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\n\r\nMa photo.\r\n--a\r\n'
    b"Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\n"
    + b"x" * 60_000
    + b"\r\n--a--\r\n"
)
MINUTE = 60


@pytest.fixture
def post(client, settings, territory):
    settings.WEBHOOKS = dict(calls.KEYS)

    def call(provider, data, kind="application/json", **headers):
        headers = {"HTTP_AUTHORIZATION": calls.BASIC, **headers}
        return client.post(f"/entree/mail/{provider}/", data, content_type=kind, **headers).status_code

    return call


def heard() -> list[Arrival]:
    for arrival in Arrival.objects.pending():
        services.process(arrival_id=arrival.pk, at=timezone.now())
    return list(Arrival.objects.order_by("pk"))


class TestLocks:
    @pytest.mark.parametrize("provider", ["mailgun", "postmark", "brevo", "mailjet", "amazon_ses"])
    def test_a_door_without_a_key_lets_nobody_in(self, post, settings, provider):
        settings.WEBHOOKS = {}
        assert post(provider, b"{}") == 403
        assert post(provider, calls.mailgun(RAW, signed=calls.signature(key=""))) == 403
        assert not Arrival.objects.exists()

    def test_a_name_of_no_provider_is_no_address(self, post):
        assert post("autre", b"{}") == 404

    @pytest.mark.parametrize(
        "told", ["", "Basic", "Basic !!", "Basic bm9tOmZhdXg=", "Bearer x", "Basic \xff"]
    )
    def test_postmark_without_the_right_password_is_not_even_read(self, settings, client, told):
        settings.WEBHOOKS = dict(calls.KEYS)
        unread = b"\xff" * 10
        answer = client.post(
            "/entree/mail/postmark/", unread, content_type="application/json", HTTP_AUTHORIZATION=told
        )
        assert answer.status_code == 403
        assert not Arrival.objects.exists()

    @pytest.mark.parametrize(
        "signed",
        [
            pytest.param(calls.signature(key="autre"), id="another key"),
            pytest.param(calls.signature(time.time() - 6 * MINUTE), id="too old"),
            pytest.param(calls.signature(time.time() + 60 * MINUTE), id="from the future"),
            pytest.param({**calls.signature(), "token": "é"}, id="no ASCII"),
            pytest.param({**calls.signature(), "timestamp": "١٢٣"}, id="other digits"),
            pytest.param({"timestamp": "1"}, id="two fields missing"),
        ],
    )
    def test_mailgun_without_a_good_and_fresh_signature_is_refused(self, post, signed):
        assert post("mailgun", calls.mailgun(RAW, signed=signed), "multipart/form-data") == 403
        assert not Arrival.objects.exists()

    @pytest.mark.parametrize("is_mime", [True, False])
    def test_a_signature_seen_by_somebody_opens_for_no_other_words(self, post, is_mime):
        signed = calls.signature()
        good = calls.mailgun(RAW, signed=signed, is_mime=is_mime)
        forged = calls.mailgun(RAW.replace(b"perdue", b"fausse"), signed=signed, is_mime=is_mime)
        codes = [post("mailgun", each, "multipart/form-data") for each in (good, forged, good)]
        assert codes == [200, 403, 200]
        assert Arrival.objects.count() == 1


class TestShapes:
    @pytest.mark.skipif(not SHAPES.is_dir(), reason="the shared shapes are not here")
    @pytest.mark.parametrize("name", ["postmark-inbound-anymail", "postmark-inbound-test-payload"])
    def test_the_samples_of_postmark_are_understood(self, post, name):
        sample = (SHAPES / f"{name}.json").read_bytes()
        assert post("postmark", sample) == 200
        (arrival,) = heard()
        told = json.loads(sample)
        assert arrival.state == "heard"
        assert arrival.touchpoint.text.strip() == told["TextBody"]
        assert arrival.facts["from"] == told["FromFull"]["Email"].lower()
        assert arrival.touchpoint.attachments.count() == len(told.get("Attachments", []))

    @pytest.mark.parametrize("provider", ["postmark", "mailgun"])
    @pytest.mark.parametrize("who", ["MAILER-DAEMON", "<>", "a@b.fr, c@d.fr", "sans-domaine", "((("])
    def test_M05_any_sender_is_kept_and_heard(self, post, provider, who):
        raw = RAW.replace(b"Amina <amina@exemple.fr>", who.encode())
        assert post(provider, getattr(calls, provider)(raw), "multipart/form-data") == 200
        assert heard()[0].state in {"heard", "discarded"}

    @pytest.mark.parametrize("provider", ["postmark", "mailgun"])
    def test_M11_a_mail_without_envelope_sender_gets_no_answer(self, post, provider):
        post(provider, getattr(calls, provider)(RAW, sender=""), "multipart/form-data")
        assert heard()[0].state == "heard"
        assert Outgoing.objects.get().state == Outgoing.State.REFUSED


class TestHostile:
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(gzip.compress(b"{}" * 1000), id="gzip"),
            pytest.param(b"[" * 200_000, id="200 000 levels"),
            pytest.param(b'{"a":' * 100_000, id="100 000 objects"),
            pytest.param(b'{"a": ' + b"9" * 1_000_000 + b"}", id="a number of a million digits"),
            pytest.param(b'{"Headers": 3, "ToFull": {"a": 1}, "Attachments": [1, null]}', id="other types"),
            pytest.param(b"[]", id="a list"),
            pytest.param(b"", id="nothing"),
            pytest.param(b"\xff\xfe{\x00}\x00", id="UTF-16"),
        ],
    )
    def test_I2_what_is_authentic_is_kept_and_ends_somewhere(self, post, body):
        assert post("postmark", body) == 200
        assert heard()[0].state in {"heard", "quarantined"}
        assert services.reconcile(at=timezone.now()).is_right

    def test_a_path_that_the_database_cannot_hold_is_cleaned(self, post):
        assert post("postmark", calls.postmark(RAW, sender="a\0b\ud800@x.fr" + "c" * 900)) == 200
        assert heard()[0].state == "heard"

    @pytest.mark.parametrize(
        "body", [b"--", b"--x", b"--x\r\n", b"--x\r\n\r\n--x", b"a=1&" * 2000, b"\r\n--x\r\n"]
    )
    def test_a_form_without_its_marks_is_refused(self, post, body):
        assert post("mailgun", body, "multipart/form-data") == 403

    def test_a_form_may_begin_by_an_empty_line(self, post):
        assert post("mailgun", b"\r\n" + calls.mailgun(RAW), "multipart/form-data; boundary=x") == 200

    def test_a_caller_that_drips_is_left_in_time(self, monkeypatch):
        monkeypatch.setattr(bodies, "BEGINNING_S", 0.3)
        ours, theirs = socket.socketpair()
        stop = threading.Event()
        threading.Thread(target=drip, args=(theirs, stop), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(bodies.Interrupted), bodies.body_of(request_on(ours, size=1000)):
            pass
        assert time.monotonic() - began < 5
        stop.set()

    def test_more_large_calls_than_the_memory_holds_come_again(self, post, monkeypatch):
        monkeypatch.setattr(bodies, "IN_FLIGHT", 100)
        assert post("postmark", calls.postmark(RAW)) == 503
        monkeypatch.undo()
        assert bodies._Room._in_all == 0


class TestTooBig:
    @pytest.fixture
    def small_cap(self, settings):
        settings.MAIL_MAX_BYTES = 20_000

    @pytest.mark.parametrize("provider", ["postmark", "mailgun"])
    def test_M01_over_the_cap_it_is_taken_and_staff_read_its_header_and_size(self, post, small_cap, provider):
        raw = RAW.replace(b"perdue", b"perdue" * 10_000)
        assert post(provider, getattr(calls, provider)(raw), "multipart/form-data") == 200
        (arrival,) = heard()
        assert (arrival.state, Ticket.objects.count()) == ("quarantined", 0)
        assert arrival.reason.startswith("Trop gros")
        assert arrival.facts["too_big"] > 60_000
        assert len(stored_mails()[0]) < 2_000
        assert b"amina@exemple.fr" in stored_mails()[0]

    def test_M01_its_sender_is_told_once_how_to_send_it_again(self, post, small_cap):
        post("postmark", calls.postmark(PHOTO))
        (arrival,) = heard()
        services.retry(arrival=arrival, at=timezone.now())
        notice = Outgoing.objects.get()
        assert (notice.kind, notice.recipient, notice.state) == ("notice", "amina@exemple.fr", "queued")
        assert "est trop gros :" in notice.payload["text"]
        assert "Ma carte" not in str(notice.payload["subject"]) + notice.payload["text"]

    @pytest.mark.parametrize(
        "head", ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <a.b.fr>", "X-Spam-Flag: YES"]
    )
    def test_M11_no_machine_is_told_that_its_mail_is_too_large(self, post, small_cap, head):
        post("postmark", calls.postmark(head.encode() + b"\r\n" + PHOTO))
        assert heard()[0].state == "quarantined"
        assert not Outgoing.objects.exists()


def request_on(line: socket.socket, *, size: int) -> WSGIRequest:
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(size),
        "wsgi.input": line.makefile("rb"),
        "gunicorn.socket": line,
    }
    return WSGIRequest(environ)


def drip(line: socket.socket, stop: threading.Event) -> None:
    while not stop.wait(0.05):
        try:
            line.send(b"x")
        except OSError:
            return
