"""Processes killed where it hurts: between the bytes, the commit, the answer and the ticket."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.mail.tests.doors import ROOT, mail_in, our_world, port_of, start_door
from requests_app.tickets.models import Ticket
from tests.faults.running import wait_for

RAW = b"From: amina@exemple.fr\r\nMessage-ID: <1@exemple.fr>\r\nSubject: Bonjour\r\n\r\nUne question.\r\n"
SET_UP = "import django; django.setup(); from channels_app.intake import tasks\n"
HEAR = SET_UP + "tasks.process(arrival_id={arrival})"
RING = SET_UP + "for n in {arrivals}: tasks.process.delay(arrival_id=n)"
State = Arrival.State
pytestmark = pytest.mark.django_db(transaction=True)


def swept() -> None:
    """What the scheduler does, a minute later."""
    services.sweep(at=timezone.now() + timedelta(minutes=1))


def heard_once() -> bool:
    balance = services.reconcile(at=timezone.now())
    return (balance.heard, balance.gap, Ticket.objects.count()) == (1, 0, 1)


class TestDoor:
    @pytest.mark.parametrize(
        ("point", "told", "stored"),
        [
            ("door.before_store", os.EX_TEMPFAIL, 0),
            ("door.after_store", os.EX_TEMPFAIL, 1),
            ("door.after_answer", os.EX_OK, 1),
        ],
    )
    def test_F01_killed_there_the_next_try_of_the_sender_gives_one_mail(self, point, told, stored):
        dying = start_door(FAILPOINT=f"{point}:kill")
        assert mail_in(RAW, port_of(dying)).returncode == told
        assert dying.wait(10) == -9
        assert Arrival.objects.count() == stored
        living = start_door()
        assert mail_in(RAW, port_of(living)).returncode == os.EX_OK
        living.terminate()
        assert living.wait(10) == 0
        swept()
        assert heard_once()


class TestWorker:
    @pytest.mark.parametrize(
        "point", ["intake.before_parse", "intake.in_parse", "intake.before_commit", "intake.after_commit"]
    )
    def test_F02_killed_there_the_sweep_finishes_once(self, point):
        argv = [sys.executable, "-c", HEAR.format(arrival=kept(RAW))]
        dying = subprocess.run(argv, cwd=ROOT, env=our_world(FAILPOINT=f"{point}:kill"))
        assert dying.returncode == -9
        swept()
        assert heard_once()

    def test_F08_a_mail_that_kills_each_worker_is_set_aside_and_a_hundred_good_ones_pass(self):
        """A real worker: Celery hands a killed task back, which without our count would go on for ever."""
        poison = kept(RAW)
        worker = celery(FAILPOINT="intake.in_parse:kill")
        try:
            ring(poison)
            assert wait_for(lambda: state_of(poison) == State.QUARANTINED, seconds=60)
        finally:
            stop(worker)
        worker = celery()
        try:
            good = [kept(b"From: a@b.fr\r\nSubject: %d\r\n\r\nBonjour\r\n" % n) for n in range(100)]
            ring(*good)
            assert wait_for(lambda: Arrival.objects.filter(state=State.HEARD).count() == 100, seconds=60)
        finally:
            stop(worker)
        assert services.reconcile(at=timezone.now()).is_right


def kept(raw: bytes) -> int:
    given = {"channel": "mail", "address": "accueil@demande.invalid", "raw": raw, "source": "test"}
    return services.store_unqueued(**given, at=timezone.now()).arrival_id


def state_of(arrival_id: int) -> str:
    return Arrival.objects.values_list("state", flat=True).get(pk=arrival_id)


def worlds_broker() -> str:
    """A queue of our own on the tests' Valkey."""
    address = settings.REDIS_URL.partition("?")[0]
    return f"{address}?virtual_host=7" if address.startswith("redis+socket") else address


def celery(**environment: str) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-m", "celery", "-A", "gru.celery", "worker", "--concurrency", "1", "-l", "ERROR"]
    return subprocess.Popen(argv, cwd=ROOT, env=our_world(REDIS_URL=worlds_broker(), **environment))


def ring(*arrivals: int) -> None:
    code = RING.format(arrivals=arrivals)
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=our_world(REDIS_URL=worlds_broker()), check=True
    )


def stop(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    worker.wait(60)
