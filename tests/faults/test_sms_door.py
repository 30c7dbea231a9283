"""SMS come in while the web dies by `kill -9`, and while the broker is away, emptied or full (F01, F03, I5).

The whole product as `bin/serve` starts it; the telephone's own list is the truth: each SMS is one message,
each number gets one acknowledgment.
"""

import json
import os
import random
import signal
import time
import urllib.error
import urllib.request
from collections import Counter

import pytest

from tests.faults.running import wait_for
from tests.faults.test_services_away import broker_of

SMS, KILLS = 40, 12
WITHIN_S = 120  # a restart of the web, a sweep, a machine that is shared
POLL = "from channels_app.sms.polling import poll; from django.utils import timezone; poll(at=timezone.now())"
COUNT = (
    "from requests_app.tickets.models import Touchpoint as T; "
    "heard = T.objects.filter(channel='sms', direction='in', sender__in={numbers}); "
    "print(sorted(heard.values_list('sender', flat=True)))"
)


@pytest.fixture
def numbers(request):
    """As many numbers as a test needs, its own."""
    first = sum(map(ord, request.node.name)) % 900 + 100
    return lambda count: [f"+33639{first}{rank:03d}" for rank in range(count)]


def telephone(product, path, data=None):
    address = f"http://127.0.0.1:{product.demo_port}{path}"
    body = json.dumps(data).encode() if data is not None else None
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def write(product, number, *, times=1):
    """An SMS from that number; how the door answered each call, 0 when the line broke."""
    return telephone(product, "/telephone/recu", {"from": number, "body": "Bonjour", "times": times})[
        "answers"
    ]


def acknowledged(product):
    listed = telephone(product, "/telephone.json")
    return Counter(text["to"] for text in listed if text["direction"] == "outbound-api")


def all_heard_and_answered_once(product, numbers):
    assert wait_for(lambda: set(numbers) <= set(acknowledged(product)), seconds=WITHIN_S)
    time.sleep(11)  # one more sweep, which must say nothing twice
    said = acknowledged(product)
    assert {number: said[number] for number in numbers} == dict.fromkeys(numbers, 1)
    assert product.shell(COUNT.format(numbers=numbers)) == str(sorted(numbers))


def web_workers(product):
    """The gunicorn processes, the eldest (the master) left out: it is the one that starts others again."""
    return sorted(pid for pid, line in product.descendants().items() if "gru.wsgi" in line)[1:]


def test_F01_I3_the_web_is_killed_again_and_again_and_each_sms_is_one_message(product, numbers):
    chance, written, kills = random.Random(7), numbers(SMS), 0
    for rank, number in enumerate(written):
        if rank % (SMS // KILLS) == 0 and (workers := web_workers(product)):
            os.kill(chance.choice(workers), signal.SIGKILL)
            kills += 1
        write(product, number, times=2)  # the provider's retry
    assert wait_for(lambda: product.health() == 200, seconds=60)
    product.shell(POLL)  # and what it does not insist on
    assert kills >= KILLS
    all_heard_and_answered_once(product, written)


def test_F03_a_killed_broker_holds_up_no_sms(product, numbers):
    os.kill(product.child("valkey-server"), signal.SIGKILL)
    assert [write(product, number) for number in numbers(10)] == [[200]] * 10
    all_heard_and_answered_once(product, numbers(10))


def test_I5_F03_an_emptied_broker_loses_no_sms(product, numbers):
    broker = broker_of(product)
    for number in numbers(10):
        assert write(product, number) == [200]
        broker.flushall()
    all_heard_and_answered_once(product, numbers(10))


def test_F03_a_full_broker_holds_up_no_sms(product, numbers):
    broker = broker_of(product)
    broker.config_set("maxmemory", 1)
    try:
        assert [write(product, number) for number in numbers(10)] == [[200]] * 10
    finally:
        broker.config_set("maxmemory", 0)
    all_heard_and_answered_once(product, numbers(10))
