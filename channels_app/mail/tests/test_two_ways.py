"""The same mail by any two ways has one effect, whatever each way rebuilds of it (threats: I3)."""

import itertools
import smtplib
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.mail import imap
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.tests import calls
from channels_app.mail.tests.doors import HERE, mail_in
from channels_app.mail.tests.imap_server import ImapServer
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)

WAYS = ("smtp", "lmtp", "mail_in", "ingest_mail", "imap", "postmark", "mailgun", "mailgun_mime")
HEAD = "From: Zoé <zoe%d@exemple.fr>\r\nTo: accueil@demande.invalid\r\nMessage-ID: <%d@exemple.fr>\r\n"
SUBJECT = "Subject: =?utf-8?q?Aide_=C3=A0_domicile_=E2=80=93?=\r\n =?utf-8?q?_urgent?=\r\n"
TEXT = "Bonjour,\r\n\r\nJe n’ai plus d’aide à domicile depuis l’été.\r\n\r\n> merci  !\r\n-- \r\nZoé\r\n"
HTML = "<html><body><p>Bonjour,</p><p>Je n&rsquo;ai plus d’aide <b>à domicile</b>.</p></body></html>"
SHAPES = {
    "plain in UTF-8": ("Content-Type: text/plain; charset=utf-8", TEXT.encode()),
    "plain in cp1252": ("Content-Type: text/plain; charset=windows-1252", TEXT.encode("cp1252")),
    "flowed": (
        "Content-Type: text/plain; charset=utf-8; format=flowed",
        TEXT.replace("plus", "plus \r\n").encode(),
    ),
    "HTML alone": ("Content-Type: text/html; charset=utf-8", HTML.encode()),
    "both": (
        'Content-Type: multipart/alternative; boundary="a"',
        (
            f"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n"
            f"--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{HTML}\r\n--a--\r\n"
        ).encode(),
    ),
    "a file": (
        'Content-Type: multipart/mixed; boundary="a"',
        (
            f"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n"
            "--a\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=\r\n--a--\r\n"
        ).encode(),
    ),
    "an emoji": ("Content-Type: text/plain; charset=utf-8", "👍\r\n".encode()),
    "nothing": ("Content-Type: text/plain", b""),
}
rank = itertools.count(1)


def mail(shape: str) -> bytes:
    """A mail that no other test has written."""
    n, (kind, body) = next(rank), SHAPES[shape]
    return f"{HEAD % (n, n)}{SUBJECT}{kind}\r\n\r\n".encode() + body


class Ways:
    """`ways.bring("imap", raw)`: each adds the line of its own road, so that the bytes always differ."""

    def __init__(self, door, client, box, folder):
        self.door, self.client, self.box, self.folder = door, client, box, folder

    def bring(self, way: str, raw: bytes) -> None:
        getattr(self, way)(f"Received: by {way}.example; {next(rank)}\r\n".encode() + raw)

    def smtp(self, raw):
        with smtplib.SMTP("127.0.0.1", self.door.port) as line:
            line.sendmail("zoe@exemple.fr", [HERE], raw)

    def lmtp(self, raw):
        with smtplib.LMTP("127.0.0.1", self.door.port) as line:
            line.sendmail("zoe@exemple.fr", [HERE], raw)

    def mail_in(self, raw):
        assert mail_in(raw, self.door.port).returncode == 0

    def ingest_mail(self, raw):
        (self.folder / "a.eml").write_bytes(raw)
        call_command("ingest_mail", str(self.folder / "a.eml"), stdout=StringIO())

    def imap(self, raw):
        self.box.folders["INBOX"].put(raw)
        assert imap.poll(at=timezone.now()) == 1

    def postmark(self, raw):
        self._call("postmark", calls.postmark(raw, sender="zoe@exemple.fr"))

    def mailgun(self, raw):
        self._call("mailgun", calls.mailgun(raw, sender="zoe@exemple.fr"))

    def mailgun_mime(self, raw):
        self._call("mailgun", calls.mailgun(raw, sender="zoe@exemple.fr", is_mime=True))

    def _call(self, provider, body):
        answer = self.client.post(
            f"/entree/mail/{provider}/",
            body,
            content_type="application/json",
            HTTP_AUTHORIZATION=calls.BASIC,
        )
        assert answer.status_code == 200


@pytest.fixture
def ways(door, client, settings, territory, tmp_path):
    box = ImapServer()
    settings.IMAP_URL, settings.WEBHOOKS = box.url(), dict(calls.KEYS)
    mailboxes.refresh()
    yield Ways(door, client, box, tmp_path)
    box.close()


def receive_message(arrival_id: int) -> None:
    services.process(arrival_id=arrival_id, at=timezone.now())


def hear_all() -> None:
    for arrival_id in Arrival.objects.pending().order_by("pk").values_list("pk", flat=True):
        receive_message(arrival_id)


def effects() -> tuple[int, int, int]:
    """Tickets, acknowledgments, and arrivals that were recognised as the same mail."""
    same = Arrival.objects.filter(state="discarded", facts__reason_code="duplicate")
    return Ticket.objects.count(), Outgoing.objects.count(), same.count()


def test_I3_any_two_ways_make_one_demand_and_one_acknowledgment(ways):
    pairs = list(itertools.combinations(WAYS, 2))
    for number, (one, other) in enumerate(pairs, 1):
        raw = mail("plain in UTF-8")
        ways.bring(one, raw)
        ways.bring(other, raw)
        hear_all()
        assert effects() == (number, number, number), (one, other)


@pytest.mark.parametrize("shape", SHAPES)
def test_I3_every_shape_of_mail_is_recognised_by_every_way(ways, shape):
    raw = mail(shape)
    for way in WAYS:
        ways.bring(way, raw)
    hear_all()
    assert effects() == (1, 1, len(WAYS) - 1)


def test_I3_two_ways_at_the_same_instant_make_one_demand(ways):
    for _again in range(5):
        raw = mail("both")
        ways.bring("smtp", raw)
        ways.bring("postmark", raw)
    pending = list(Arrival.objects.pending().order_by("pk").values_list("pk", flat=True))
    halves = [threading.Thread(target=heard_apart, args=(pending[half::2],)) for half in (0, 1)]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    assert effects() == (5, 5, 5)


def heard_apart(arrivals: list[int]) -> None:
    for arrival_id in arrivals:
        receive_message(arrival_id)
    connection.close()


@pytest.mark.parametrize("way", ["postmark", "mailgun"])
def test_I3_one_message_id_for_other_words_stays_another_mail(ways, way):
    raw = mail("plain in UTF-8")
    ways.bring("smtp", raw)
    ways.bring(way, raw.replace("été".encode(), b"hiver"))
    hear_all()
    assert effects()[0] == 2
