"""Workers side by side, workers killed: nothing lost, nothing twice (threats: I4, F08, O01, O07)."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services
from channels_app.delivery.services.claiming import doubt_the_stranded
from channels_app.mail.tests.doors import ROOT, our_world
from requests_app.outbox.models import Outgoing
from tests.channels_app.delivery.conftest import send, state_of

SET_UP = "import django; django.setup(); from channels_app.delivery import tasks\n"
pytestmark = pytest.mark.django_db(transaction=True)
State = Outgoing.State


def in_a_worker(code, office, **environment):
    """Run a task in a process of its own; returns how it ended."""
    env = our_world(GRU_EMAIL_URL=office.url, **environment)
    return subprocess.run([sys.executable, "-c", SET_UP + code], cwd=ROOT, env=env).returncode


def test_O01_killed_after_the_server_accepted_it_is_asked_for_and_not_sent_again(office, to_send):
    outgoing = to_send()
    killed_at("delivery.after_speak", outgoing, office)
    assert (state_of(outgoing), office.ids) == (State.SENDING, [outgoing.message_id])
    doubt_the_stranded(timezone.now() + timedelta(minutes=2))
    assert state_of(outgoing) == State.UNCERTAIN
    services.sweep(at=timezone.now() + timedelta(minutes=2))
    assert (state_of(outgoing), office.ids) == (State.SENT, [outgoing.message_id])


def test_O01_killed_before_it_left_it_is_asked_for_and_leaves_under_the_same_message_id(office, to_send):
    outgoing = to_send()
    killed_at("delivery.after_claim", outgoing, office)
    assert office.ids == []
    services.sweep(at=timezone.now() + timedelta(minutes=2))
    assert (state_of(outgoing), office.ids) == (State.SENT, [outgoing.message_id])


def killed_at(point, outgoing, office):
    ended = in_a_worker(f"tasks.send(outgoing_id={outgoing.pk})", office, FAILPOINT=f"{point}:kill")
    assert ended == -9


def test_F08_a_message_that_kills_each_worker_lets_the_others_pass(office, to_send):
    poison = to_send(key="poison")
    for _ in range(3):
        in_a_worker("tasks.sweep()", office, FAILPOINT="delivery.after_claim:kill")
        Outgoing.objects.filter(state=State.SENDING).update(claimed_until=timezone.now())
    good = [to_send(key=str(rank)) for rank in range(5)]
    services.sweep(at=timezone.now() + timedelta(minutes=2))
    assert {state_of(each) for each in good} == {State.SENT}
    assert office.ids.count(poison.message_id) <= 1


def test_I4_four_workers_on_one_row_send_one_mail(office, to_send, at_once):
    outgoing = to_send()
    at_once(*[lambda: send(outgoing)] * 4)
    assert office.ids == [outgoing.message_id]


def test_O07_sweeps_side_by_side_send_each_mail_once(office, to_send, at_once):
    rows = [to_send(key=str(rank)) for rank in range(40)]
    now = timezone.now()
    at_once(*[lambda: services.sweep(at=now)] * 3)
    assert sorted(office.ids) == sorted(row.message_id for row in rows)
    assert set(Outgoing.objects.values_list("attempts", flat=True)) == {1}
