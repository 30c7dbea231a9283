"""A worker killed for real (`kill -9`) loses no event, and sends none under two ids."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.mail.tests.doors import ROOT, our_world
from requests_app.webhooks import services
from requests_app.webhooks.models import Delivery, Subscription

pytestmark = pytest.mark.django_db(transaction=True)
PUSH = """
import django
django.setup()
from django.utils import timezone
from requests_app.webhooks.services import sweep
sweep(at=timezone.now())
"""
KILLED = -9


def push_killed():
    world = our_world(FAILPOINT="webhooks.after_send:kill", GRU_PUSH_NETWORKS="127.0.0.0/8")
    return subprocess.run(
        [sys.executable, "-c", PUSH], cwd=ROOT, env=world, timeout=60, check=False
    ).returncode


def test_F02_killed_after_the_receiver_has_it(subscribe, receiver, happen):
    subscription, _secret = subscribe()
    ids = happen("ticket.received", "ticket.closed")
    assert push_killed() == KILLED
    assert receiver.ids == ids[:1]
    assert (Subscription.objects.get().cursor, Delivery.objects.count()) == (0, 0)
    assert services.sweep(at=timezone.now()) == 0  # the dead worker's claim still runs
    assert services.sweep(at=timezone.now() + timedelta(seconds=61)) == 2
    assert receiver.ids == [ids[0], *ids]
    assert Subscription.objects.get(pk=subscription.pk).cursor == 2


def test_two_workers_push_each_event_once_and_in_order(subscribe, receiver, happen, at_once):
    subscription, _secret = subscribe()
    ids = happen(*["ticket.closed"] * 12)

    def push():
        services.push(subscription_id=subscription.pk, at=timezone.now())

    at_once(push, push, push)
    services.push(subscription_id=subscription.pk, at=timezone.now())
    assert receiver.ids == ids


def test_a_receiver_away_for_two_hours_gets_all_of_it_in_order(subscribe, receiver, happen):
    subscribe()
    ids, at, receiver.status = happen(*["ticket.closed"] * 5), timezone.now(), 503
    end = at + timedelta(hours=2)
    while at < end:
        services.sweep(at=at)
        at += timedelta(minutes=4)
    assert Subscription.objects.get().state == "active"
    assert set(receiver.ids) == {ids[0]}
    failed, receiver.status = len(receiver.ids), 200
    services.sweep(at=end + timedelta(hours=2))
    assert receiver.ids[failed:] == ids
