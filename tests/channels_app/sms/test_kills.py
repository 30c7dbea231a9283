"""Processes killed while an SMS comes in or leaves: nothing lost, nothing twice (threats: F01, F02, O01).

A provider that gets no answer may call again, or only log it: each kill is fixed both ways, by its retry and
by the poller.
"""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from twilio.request_validator import RequestValidator

from channels_app.delivery import services as delivery
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.mail.tests.doors import ROOT, our_world
from channels_app.mail.tests.web import Web
from channels_app.sms import polling
from gru.demo.telephone.exchange import IN
from requests_app.lib.failpoints import POINTS
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from tests.channels_app.sms.conftest import AMINA, OURS, SID, TOKEN, form, fresh, sent
from tests.faults.running import descendants_of, wait_for

SET_UP = "import django; django.setup(); from channels_app.delivery import tasks\n"
HEAR = "import django; django.setup(); from channels_app.intake import tasks; tasks.process(arrival_id={pk})"
HERE, DOOR = "https://gru.exemple.fr", "/entree/sms/twilio/"
ACCOUNT = {"GRU_TWILIO_ACCOUNT_SID": SID, "GRU_TWILIO_AUTH_TOKEN": TOKEN, "GRU_TWILIO_FROM": OURS}
SECONDS = timedelta(seconds=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def web(telephone):
    """A real web server: `web(FAILPOINT="…")`; all are closed at the end."""
    opened = []

    def start(**more):
        opened.append(Web(**ACCOUNT, GRU_PUBLIC_URL=HERE, GRU_TWILIO_API_BASE=telephone.url, **more))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def written(telephone):
    """An SMS that the provider has."""
    return telephone.exchange.add(IN, sender=AMINA, to=OURS, body="Bonjour", status="received")


def bring(web, text):
    """The provider's call: its status, or None when the line broke."""
    fields = {"MessageSid": text.sid, "From": text.sender, "To": text.to, "Body": text.body}
    signed = RequestValidator(TOKEN).compute_signature(HERE + DOOR, fields)
    kind = "application/x-www-form-urlencoded"
    headers = {"X-Twilio-Signature": signed, "Content-Type": kind}
    try:
        return web.ask("POST", DOOR, urlencode(fields).encode(), headers)
    except OSError:
        return None


def kill_all(web):
    """As a machine that loses its power: the master first, so that it starts nobody again."""
    family = [web.process.pid, *(pid for pid, _line in descendants_of(web.process.pid))]
    for pid in family:
        os.kill(pid, signal.SIGKILL)


def heard_once(text):
    intake.sweep(at=timezone.now() + 30 * SECONDS)
    touchpoint = Touchpoint.objects.get(direction="in")
    balance = intake.reconcile(at=timezone.now())
    found = (touchpoint.text, Ticket.objects.count(), balance.received, balance.heard, balance.gap)
    return found == (text.body, 1, 1, 1, 0)


class TestDoor:
    @pytest.mark.parametrize(("point", "stored"), [("sms.before_store", 0), ("sms.after_store", 1)])
    @pytest.mark.parametrize("insists", [True, False])
    def test_F01_killed_there_the_provider_s_retry_or_the_poller_gives_one_message(
        self, web, written, point, stored, insists
    ):
        assert bring(web(FAILPOINT=f"{point}:kill"), written) is None
        assert Arrival.objects.count() == stored
        if insists:
            assert bring(web(), written) == 200
        polling.poll(at=timezone.now())
        assert heard_once(written)

    def test_F01_killed_after_the_answer_nothing_is_lost_and_a_second_call_changes_nothing(
        self, web, written
    ):
        dying = web()
        assert bring(dying, written) == 200
        kill_all(dying)
        assert wait_for(lambda: dying.process.poll() == -9)
        assert bring(web(), written) == 200
        assert heard_once(written)


class TestWorker:
    @pytest.mark.parametrize("point", [point for point in POINTS if point.startswith("intake.")])
    def test_F02_killed_there_the_sweep_gives_one_demand_and_one_acknowledgment(self, territory, point):
        kept = intake.store_unqueued(
            channel="sms", address=OURS, raw=form(), source="t", at=timezone.now(), key="SM1"
        )
        world = our_world(FAILPOINT=f"{point}:kill")
        argv = [sys.executable, "-c", HEAR.format(pk=kept.arrival_id)]
        assert subprocess.run(argv, cwd=ROOT, env=world).returncode == -9
        intake.sweep(at=timezone.now() + 30 * SECONDS)
        assert (Ticket.objects.count(), Outgoing.objects.filter(channel="sms").count()) == (1, 1)
        assert intake.reconcile(at=timezone.now()).is_right


@pytest.mark.parametrize(
    ("point", "attempts"),
    [
        ("delivery.before_claim", 1),
        ("delivery.after_claim", 2),
        ("delivery.after_speak", 1),
        ("delivery.after_note", 1),
    ],
)
def test_F02_O01_killed_there_the_sweep_finishes_and_the_telephone_rings_once(
    telephone, to_send, point, attempts
):
    outgoing = to_send()
    code = f"{SET_UP}tasks.send(outgoing_id={outgoing.pk})"
    world = our_world(**ACCOUNT, GRU_TWILIO_API_BASE=telephone.url, FAILPOINT=f"{point}:kill")
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=world).returncode == -9
    for minutes in (1, 2, 4):
        delivery.sweep(at=timezone.now() + timedelta(minutes=minutes))
    found = fresh(outgoing)
    assert (found.state, found.attempts) == (Outgoing.State.SENT, attempts)
    assert [text.sid for text in sent(telephone)] == [found.provider_id]
