"""A program that sends one request again and again while the web dies under it: one ticket (I3, F01).

A real web server killed by `kill -9`, at each place where a call may end and at random; a program that knows
nothing but its `Idempotency-Key`, four tries at a time. Bounded in tries and in seconds.
"""

import json
import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.intake.services import reconcile
from channels_app.mail.tests.web import Web
from requests_app.api_keys.services import create_key
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from tests.faults.running import descendants_of, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = int(os.environ.get("GRU_FAULT_TRIES", "1000"))
AT_ONCE, MAX_SECONDS = 4, 300
BETWEEN_KILLS, LOOK_S = (20, 60), 0.02  # answers: a quick machine is killed as often as a slow one
PATH = "/api/v1/tickets/"
POINTS = ["partner.before_store", "partner.after_store", "intake.before_commit", "api.before_commit"]
BROKEN = 0  # what the program knows of a call whose line broke


def call_of(secret, rank):
    """One request: its headers and its body, the same at each try."""
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    body = {"text": f"Nid-de-poule numéro {rank}", "person": {"mails": ["amina@exemple.fr"]}}
    return headers | {"Idempotency-Key": f"call-{rank}"}, json.dumps(body).encode()


def send(web, call):
    """Return the status, or BROKEN."""
    headers, body = call
    with suppress(OSError):
        return web.ask("POST", PATH, body, headers)
    return BROKEN


def kill_workers(web, stop, told, kills):
    """Kill one process of the server after another, each some answers later; its master starts others."""
    chance = random.Random(14)
    wanted = chance.randint(*BETWEEN_KILLS)
    while not stop.wait(LOOK_S):
        if len(told) < wanted:
            continue
        wanted = len(told) + chance.randint(*BETWEEN_KILLS)
        for pid, _line in list(descendants_of(web.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                kills.append(pid)


@pytest.fixture
def calls(territory):
    now = timezone.now()
    _key, secret = create_key(name="Portail", scopes=["tickets:write"], by=None, at=now)
    return [call_of(secret, rank) for rank in range(len(POINTS) + 1)]


def test_I3_F01_a_thousand_tries_while_the_web_dies_are_one_ticket(calls):
    call, stop, start = calls[-1], threading.Event(), time.monotonic()
    told: list[int] = []
    kills: list[int] = []
    die_at_each_point(calls)
    with closing(Web(GRU_API_CALLS_PER_MINUTE="1000000")) as web:
        killer = threading.Thread(target=kill_workers, args=(web, stop, told, kills))
        killer.start()
        try:
            try_again_and_again(web, call, told)
        finally:
            stop.set()
            killer.join(10)
        assert wait_for(lambda: send(web, call) == 201, seconds=60)
    took = time.monotonic() - start
    print(f"\n{len(told)} tries, {len(kills)} kills, {took:.0f} s, answers {dict(Counter(told))}")
    assert len(told) == TRIES
    assert len(kills) >= min(10, TRIES // 100)
    assert set(told) <= {201, 202, 409, BROKEN}
    assert_each_is_one(len(calls))


def die_at_each_point(calls):
    """Kill the server at each place of its own, then send the same call to a living one."""
    for point, call in zip(POINTS, calls, strict=False):
        with closing(Web(FAILPOINT=f"{point}:kill")) as dying:
            assert send(dying, call) == BROKEN
    with closing(Web()) as living:
        assert [send(living, call) for call in calls[:-1]] == [201] * len(POINTS)


def try_again_and_again(web, call, told):
    """Send the call TRIES times, or as often as MAX_SECONDS allow; add each answer to ``told``."""
    deadline = time.monotonic() + MAX_SECONDS

    def send_in_time(_rank):
        if time.monotonic() < deadline:
            told.append(send(web, call))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(send_in_time, range(TRIES)))


def assert_each_is_one(count):
    assert Ticket.objects.count() == count
    assert Touchpoint.objects.filter(direction="in").count() == count
    assert list(Arrival.objects.values_list("state", flat=True)) == [Arrival.State.HEARD] * count
    assert Outgoing.objects.count() == count  # one acknowledgment each
    assert reconcile(at=timezone.now()).is_right
