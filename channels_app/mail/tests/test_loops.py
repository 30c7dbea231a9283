"""Loops at the door, by real SMTP both ways: what leaves is counted outside (threats: M11)."""

import itertools
import smtplib
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.sending import connections
from requests_app.tickets.models import Ticket
from tests.faults.running import free_port

pytestmark = pytest.mark.django_db(transaction=True)

ROBOT, OURS, OTHER = "robot@ailleurs.example", "mdm.lyon8-est@grandlyon.com", "mdm.villeurbanne@grandlyon.com"
DAY, HOUR, STEP = timedelta(days=1), timedelta(hours=1), timedelta(minutes=30)
rank = itertools.count(1)


class Got:
    """One mail that left us: when by the tests' clock, from and for whom by its envelope."""

    def __init__(self, at: datetime, raw: bytes, sender: str, recipient: str) -> None:
        self.at, self.sender, self.recipient = at, sender, recipient
        self.mail: EmailMessage = message_from_bytes(raw, policy=policy.default)


class World:
    """The rest of the Internet: takes what we send, and answers through our door as it was told to."""

    def __init__(self, door_port: int) -> None:
        self.door_port, self.clock = door_port, timezone.now() + timedelta(minutes=1)
        self.got: list[Got] = []
        self.answers: Callable[[Got], None] = lambda got: None
        self._unanswered: list[Got] = []
        self.server = Controller(self, hostname="127.0.0.1", port=free_port())
        self.server.start()

    async def handle_DATA(self, _server, _session, envelope) -> str:
        got = Got(self.clock, envelope.content, envelope.mail_from, envelope.rcpt_tos[0])
        self.got.append(got)
        self._unanswered.append(got)
        return "250 taken"

    def write(
        self, to: str, text: str, *, sender: str = ROBOT, path: str | None = None, **fields: str
    ) -> None:
        head = {
            "From": sender,
            "To": to,
            "Subject": "Absence",
            "Message-ID": f"<{next(rank)}@ailleurs.example>",
        }
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in (head | fields).items()]
        self.send("\r\n".join([*lines, "", text, ""]).encode(), to, sender if path is None else path)

    def send(self, raw: bytes, to: str, path: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.door_port) as line:
            line.sendmail(path, [to], raw)

    def turn(self, for_so_long: timedelta) -> None:
        """Let the workers work and the world answer, until then."""
        end = self.clock + for_so_long
        while self.clock < end:
            intake.sweep(at=self.clock)
            delivery.sweep(at=self.clock)
            answered, self._unanswered = self._unanswered, []
            for got in answered:
                self.answers(got)
            self.clock += STEP


@pytest.fixture
def world(door, settings, territory, monkeypatch):
    there = World(door.port)
    settings.EMAIL_URL = f"smtp://127.0.0.1:{there.server.port}"
    monkeypatch.setattr(connections, "_kept", threading.local())
    mailboxes.refresh()
    door.door.mailboxes.refresh()  # it opened before the Maisons were there
    yield there
    there.server.stop()


def _to_our_seal(world: World, got: Got) -> None:
    world.write(str(got.mail["Reply-To"]), f"Je suis là, message {next(rank)}.")


def _in_the_thread(world: World, got: Got) -> None:
    thread = {"In_Reply_To": got.mail["Message-ID"], "Subject": f"Re: {got.mail['Subject']}"}
    world.write("accueil@demande.invalid", f"Bien reçu {next(rank)}.", **thread)


def _with_the_number_only(world: World, got: Got) -> None:
    world.write("accueil@demande.invalid", f"Bien reçu {next(rank)}.", Subject=f"Re: {got.mail['Subject']}")


def _as_if_new(world: World, got: Got) -> None:
    world.write("accueil@demande.invalid", f"Bonjour {next(rank)}.", Subject=f"Bonjour {next(rank)}")


@pytest.mark.parametrize(
    ("answer", "most_tickets"),
    [(_to_our_seal, 1), (_in_the_thread, 1), (_with_the_number_only, 6), (_as_if_new, 6)],
)
def test_M11_a_robot_without_any_header_that_answers_each_mail_is_left_after_five(
    world, answer, most_tickets
):
    world.answers = lambda got: answer(world, got)
    world.write("accueil@demande.invalid", "Bonjour")
    world.turn(DAY + 2 * HOUR)
    instants = [got.at for got in world.got]
    assert 1 <= len(instants) <= 5
    assert Ticket.objects.count() <= most_tickets
    assert all(later - sooner >= HOUR for sooner, later in itertools.pairwise(instants))
    assert not Arrival.objects.pending().exists()


def test_M11_a_robot_that_writes_by_itself_each_half_hour_gets_five_a_day(world):
    for _turn in range(48 * 2):
        world.write("accueil@demande.invalid", f"Alerte {next(rank)}")
        world.turn(STEP)
    first = world.got[0].at
    days = [sum(first + n * DAY <= got.at < first + (n + 1) * DAY for got in world.got) for n in range(2)]
    assert max(days) <= 5
    assert all(b.at - a.at >= HOUR for a, b in itertools.pairwise(world.got))


REPORT = (
    "From: Mail Delivery System <MAILER-DAEMON@ailleurs.example>\r\nTo: {path}\r\nSubject: {subject}\r\n"
    "Message-ID: <{rank}@ailleurs.example>\r\n{kind}\r\n\r\n{body}\r\n"
)
STANDARD = (
    "--b\r\n\r\nUndelivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\n\r\n--b--"
)
BOUNCES = {
    "a report": (
        "Undelivered Mail",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        STANDARD,
    ),
    "a text": (
        "failure notice",
        "X-A: b",
        "The user {to} is unknown: 550 5.1.1 no such user\r\n\r\nMessage-ID: {id}",
    ),
    "words that say nothing": ("Bonjour", "X-A: b", "Voici."),
}


@pytest.mark.parametrize("kind", BOUNCES)
def test_M11_an_address_that_bounces_gets_one_message_in_all(world, kind):
    def bounce(got: Got) -> None:
        subject, field, body = BOUNCES[kind]
        told = {"to": got.recipient, "id": got.mail["Message-ID"]}
        words = {"subject": subject, "kind": field, "body": body.format(**told)}
        world.send(REPORT.format(path=got.sender, rank=next(rank), **words).encode(), got.sender, "")

    world.answers = bounce
    world.write("accueil@demande.invalid", "Bonjour")
    world.turn(DAY)
    assert len(world.got) == 1
    assert Arrival.objects.count() == 2
    # What nothing tells from a stranger's words goes to an agent (M07); the rest is put aside.
    assert Ticket.objects.count() == (2 if kind == "words that say nothing" else 1)


def test_M11_two_of_our_own_mailboxes_that_answer_each_other_make_nothing_leave(world):
    def answer(got: Got) -> None:
        world.write(got.sender, f"Bien reçu {next(rank)}.", sender=got.recipient)

    world.answers = answer
    for turn in range(6):
        world.write(OTHER, f"Bien reçu {turn}.", sender=OURS)
        world.write(OURS, f"Bien reçu {turn}.", sender=OTHER)
        world.turn(4 * HOUR)
    assert world.got == []


def test_M11_our_own_acknowledgment_forwarded_back_to_us_ends_there(world):
    world.answers = lambda got: world.send(got.mail.as_bytes(), "accueil@demande.invalid", ROBOT)
    world.write("accueil@demande.invalid", "Bonjour")
    world.turn(DAY)
    assert len(world.got) == 1
    assert Arrival.objects.get(state="discarded").reason == "Un de nos messages nous est revenu."
