"""Ten thousand mails to send while workers die by `kill -9`, at random: none lost, none twice (I4, F02, O01).

The receiving server's own list is the proof. Real Celery workers take tasks enqueued as the scheduler would;
kills are bounded in number, and what the dead held is settled by passes made two minutes later.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services
from channels_app.mail.tests.doors import ROOT, our_world
from channels_app.mail.tests.test_kills import worlds_broker
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from tests.faults.running import descendants_of, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
MAILS = int(os.environ.get("GRU_FAULT_MAILS", "10000"))
MAX_KILLS, MAX_SECONDS = 40, 900
State = Outgoing.State
RING = "from channels_app.delivery import tasks; tasks.sweep.apply_async(expires=10)"


class Workers:
    """One Celery worker of two processes, started again when it is killed."""

    def __init__(self, office):
        self.env = our_world(REDIS_URL=worlds_broker(), GRU_EMAIL_URL=office.url)
        self.start()

    def start(self):
        words = ["-m", "celery", "-A", "gru.celery", "worker", "--concurrency", "2", "-l", "CRITICAL"]
        self.process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=self.env)

    def kill_one(self, chance):
        """The whole worker, or one of its processes in the middle of a mail."""
        children = [pid for pid, _line in descendants_of(self.process.pid)]
        if children and chance.random() < 0.7:
            os.kill(chance.choice(children), signal.SIGKILL)
            return
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def workers(office):
    running = Workers(office)
    yield running
    running.stop()


@pytest.fixture
def scheduler(office):
    """Rings the sweep in a process of its own, as beat does, twice as often."""
    loop = f"import django, time; django.setup(); {RING}\nwhile True:\n    time.sleep(5)\n    {RING}"
    env = our_world(REDIS_URL=worlds_broker())
    process = subprocess.Popen([sys.executable, "-c", loop], cwd=ROOT, env=env)
    yield process
    process.kill()
    process.wait()


def ten_thousand():
    now = timezone.now()
    rows = (
        Outgoing(
            key=f"acknowledgment:{rank}:mail",
            kind="acknowledgment",
            channel="mail",
            recipient=f"a{rank}@exemple.fr",
            message_id=seals.new_message_id("LYN-7K4P2Q"),
            payload={"subject": "Votre demande LYN-7K4P2Q", "text": "Bonjour,\n\nReçue."},
            created_at=now,
            try_after=now,
            give_up_at=now + timedelta(days=1),
        )
        for rank in range(MAILS)
    )
    Outgoing.objects.bulk_create(rows, batch_size=1000)


def test_I4_F02_O01_ten_thousand_leave_once_while_workers_die(office, workers, scheduler):
    ten_thousand()
    chance, kills, start = random.Random(8), 0, time.monotonic()
    while Outgoing.objects.filter(state=State.QUEUED).exists() and time.monotonic() - start < MAX_SECONDS:
        time.sleep(chance.uniform(1, 4))
        if kills < MAX_KILLS:
            workers.kill_one(chance)
            kills += 1
    took = time.monotonic() - start
    workers.stop()
    doubts = Outgoing.objects.exclude(state=State.SENT).count()
    for minutes in (2, 4, 6):
        services.sweep(at=timezone.now() + timedelta(minutes=minutes))
    print(f"\n{MAILS} mails, {kills} kills, {took:.0f} s, {doubts} in doubt at the end")
    assert kills >= min(10, MAX_KILLS)
    assert_same_lists(office)


def assert_same_lists(office):
    received = Counter(office.ids)
    assert [each for each, times in received.items() if times > 1] == []
    ours = set(Outgoing.objects.filter(state=State.SENT).values_list("message_id", flat=True))
    assert len(ours) == MAILS
    assert set(received) == ours
    assert wait_for(lambda: not Outgoing.objects.exclude(state=State.SENT).exists(), seconds=1)
