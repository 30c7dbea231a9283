"""The broker or the database go away and come back under a whole product (threats: F03, F04, I5).

What the citizen sends in is kept meanwhile, staff pages answer, and the workers go on by themselves.
"""

import json
import os
import re
import signal
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
import redis

from channels_app.mail.tests.doors import mail_in
from tests.faults.running import is_alive, wait_for

DOWN_S = 15
BACK_WITHIN_S = 90  # a sweep, a lease and a busy machine


@pytest.fixture
def write(product):
    """A mail from someone new by the mail door; gives how the door answered."""
    turn = str(time.time_ns())

    def make(rank=0):
        head = f"From: Amina <a{turn}.{rank}@exemple.fr>\r\nMessage-ID: <{turn}.{rank}@exemple.fr>\r\n"
        return mail_in(f"{head}Subject: x\r\n\r\nBonjour\r\n".encode(), product.mail_port).returncode

    make.recipients = lambda count: {f"a{turn}.{rank}@exemple.fr" for rank in range(count)}
    return make


def posted(product):
    """Whom the product wrote to, by the receiving server's own list."""
    with urllib.request.urlopen(f"http://127.0.0.1:{product.demo_port}/courriels.json", timeout=10) as answer:
        return [mail["to"] for mail in json.load(answer)]


def all_answered(product, write, count):
    wanted = write.recipients(count)
    assert wait_for(lambda: wanted <= set(posted(product)), seconds=BACK_WITHIN_S)
    assert sorted(each for each in posted(product) if each in wanted) == sorted(wanted)


def triage_as_central(product):
    """Sign in and open the triage page, as a person would: the status it answers."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    base = f"http://127.0.0.1:{product.port}"
    page = browser.open(f"{base}/connexion/", timeout=20).read().decode()
    (token, *_others) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    names = re.findall(r'<input[^>]+name="(username|password)"', page)
    assert set(names) == {"username", "password"}
    form = {"csrfmiddlewaretoken": token, "username": "central", "password": "gru-demo"}
    browser.open(f"{base}/connexion/", urlencode(form).encode(), timeout=20).read()
    answer = browser.open(f"{base}/tri/", timeout=20)
    assert answer.url.endswith("/tri/")
    return answer.status


def broker_of(product):
    lines = (product.data / "run" / "env").read_text().splitlines()
    (address,) = (line.partition("=")[2] for line in lines if line.startswith("REDIS_URL="))
    return redis.Redis(unix_socket_path=address.strip("'\"").partition("://")[2].partition("?")[0])


def test_F03_a_killed_broker_holds_up_nobody_and_the_backlog_drains(product, write):
    os.kill(product.child("valkey-server"), signal.SIGKILL)
    assert [write(rank) for rank in range(10)] == [0] * 10
    assert triage_as_central(product) == 200
    all_answered(product, write, 10)


def test_I5_F03_an_emptied_broker_loses_nothing(product, write):
    broker = broker_of(product)
    for rank in range(20):
        assert write(rank) == 0
        broker.flushall()
    all_answered(product, write, 20)


def test_F03_a_full_broker_is_a_broker_away(product, write):
    broker = broker_of(product)
    broker.config_set("maxmemory", 1)
    try:
        start = time.monotonic()
        assert [write(rank) for rank in range(10)] == [0] * 10
        assert triage_as_central(product) == 200
        assert time.monotonic() - start < 30
    finally:
        broker.config_set("maxmemory", 0)
    all_answered(product, write, 10)


def test_F04_workers_outlive_a_database_that_stops_for_a_while(product, write):
    worker, door = product.child("celery", "gru.celery"), product.child("mail_door")
    end, answers = time.monotonic() + DOWN_S, []
    while time.monotonic() < end:
        kill_if_there(product, "bin/postgres", "-D")
        answers.append(product.health())
        time.sleep(0.3)
    assert 503 in answers
    assert wait_for(lambda: product.health() == 200, seconds=60)
    assert [write(rank) for rank in range(5)] == [0] * 5
    all_answered(product, write, 5)
    assert is_alive(worker)
    assert (product.child("celery", "gru.celery"), product.child("mail_door")) == (worker, door)


def kill_if_there(product, *words):
    try:
        os.kill(product.child(*words), signal.SIGKILL)
    except (ValueError, ProcessLookupError):
        return
