"""Providers' calls on the real web server: sizes, crowds, faults (threats: M01, M02, F01, F04)."""

import socket
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.mail.tests import calls
from channels_app.mail.tests.doors import stored_mails
from channels_app.mail.tests.test_door_trouble import closed_database
from channels_app.mail.tests.web import Web
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = b"From: Amina <amina@exemple.fr>\r\nSubject: Ma carte\r\nMessage-ID: <1@exemple.fr>\r\n"
RAW = HEAD + b"\r\nMa carte est perdue.\r\n"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def web(django_db_setup):
    running = Web()
    yield running
    running.close()


def photos(megabytes: int) -> bytes:
    file = (b"A" * 76 + b"\r\n") * (megabytes * MEGABYTE // 78)
    part = b"Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename=a.jpg\r\n"
    text = b"--x\r\nContent-Type: text/plain\r\n\r\nMes photos.\r\n--x\r\n"
    coded = b"Content-Transfer-Encoding: base64\r\n\r\n"
    return (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        + text
        + part
        + coded
        + file
        + b"--x--\r\n"
    )


def swept() -> None:
    services.sweep(at=timezone.now() + timedelta(minutes=1))


class TestSizes:
    @pytest.mark.parametrize("megabytes", [8, 35])
    @pytest.mark.parametrize("provider", ["postmark", "mailgun"])
    def test_M01_a_mail_of_photos_is_taken_whole(self, web, territory, provider, megabytes):
        body = getattr(calls, provider)(photos(megabytes))
        assert web.post(provider, body) == 200
        swept()
        file = Ticket.objects.get().touchpoints.first().attachments.get()
        assert file.size == megabytes * MEGABYTE // 78 * 57

    def test_M01_over_the_cap_the_answer_is_still_yes_and_the_header_is_kept(self, web):
        assert web.post("postmark", calls.postmark(RAW, TextBody="x" * 60 * MEGABYTE)) == 200
        arrival = Arrival.objects.get()
        assert arrival.facts["too_big"] > 60 * MEGABYTE
        assert b"amina@exemple.fr" in stored_mails()[0]


class TestCrowd:
    @pytest.mark.parametrize("provider", ["postmark", "mailgun"])
    def test_M02_ten_times_at_once_is_one_arrival_one_ticket_one_acknowledgment(
        self, web, territory, provider
    ):
        body, codes = getattr(calls, provider)(RAW), []
        threads = [threading.Thread(target=lambda: codes.append(web.post(provider, body))) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        swept()
        assert codes == [200] * 10
        assert [model.objects.count() for model in (Arrival, Ticket, Outgoing)] == [1, 1, 1]


class TestFaults:
    def test_F04_without_its_database_it_is_503_and_it_recovers_by_itself(self, web):
        assert web.post("postmark", calls.postmark(RAW)) == 200
        with closed_database():
            codes = [web.post("postmark", calls.postmark(RAW + b"2")) for _ in range(5)]
            codes += [web.post("mailgun", calls.mailgun(RAW + b"2")) for _ in range(5)]
            assert codes == [503] * 10
        assert [web.post("postmark", calls.postmark(RAW + b"2")) for _ in range(5)] == [200] * 5

    @pytest.mark.parametrize(("point", "stored"), [("webhook.before_store", 0), ("webhook.after_store", 1)])
    def test_F01_killed_there_the_next_try_of_the_provider_gives_one_mail(
        self, web, territory, point, stored
    ):
        dying = Web(FAILPOINT=f"{point}:kill")
        body = calls.mailgun(RAW)
        with pytest.raises(OSError):
            dying.post("mailgun", body)
        assert Arrival.objects.count() == stored
        dying.close()
        assert web.post("mailgun", calls.mailgun(RAW)) == 200  # signed anew, as Mailgun does
        swept()
        assert [model.objects.count() for model in (Arrival, Ticket, Outgoing)] == [1, 1, 1]


class TestOddCallers:
    def test_one_that_announces_more_than_it_sends_keeps_nothing(self, web):
        assert said(web, b"Content-Length: 100000\r\n\r\n{}").startswith(b"HTTP/1.1 400")
        assert not Arrival.objects.exists()

    def test_one_that_announces_nothing_but_sends_chunks_is_read(self, web):
        body = calls.postmark(RAW)
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        assert said(web, b"Transfer-Encoding: chunked\r\n\r\n" + chunks).startswith(b"HTTP/1.1 200")
        assert stored_mails() == [body]

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param(b"Content-Length: -1\r\n\r\n", id="a negative length"),
            pytest.param(b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", id="two lengths"),
            pytest.param(
                b"X-Long: " + b"x" * 20_000 + b"\r\nContent-Length: 2\r\n\r\n{}", id="a long header"
            ),
            pytest.param(b"X-A: b\r\n" * 500 + b"Content-Length: 2\r\n\r\n{}", id="500 headers"),
            pytest.param(b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", id="a chunk of no size"),
        ],
    )
    def test_those_that_break_the_protocol_are_refused(self, web, lines):
        assert said(web, lines).startswith((b"HTTP/1.1 4", b"HTTP/1.0 4", b"HTTP/1.1 501"))
        assert not Arrival.objects.exists()
        assert web.post("postmark", calls.postmark(RAW)) == 200


def said(web: Web, rest: bytes) -> bytes:
    """The first bytes of the answer to a call written by hand, whose caller then stops speaking."""
    start = "POST /entree/mail/postmark/ HTTP/1.1\r\nHost: localhost\r\n"
    head = f"{start}Authorization: {calls.BASIC}\r\n".encode()
    with socket.create_connection(("127.0.0.1", web.port), 30) as line:
        line.sendall(head + rest)
        time.sleep(0.2)
        line.shutdown(socket.SHUT_WR)
        return line.recv(4096)
