"""Clocks that differ: a receiver some minutes off, a late retry, our own clock set back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from standardwebhooks import WebhookVerificationError

from requests_app.webhooks import services
from requests_app.webhooks.models import Subscription

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OFF = timedelta(minutes=4, seconds=50)  # the library of receivers allows five minutes


@pytest.mark.parametrize("off", [-OFF, OFF], ids=["behind", "ahead"])
def test_a_receiver_almost_five_minutes_off_reads_us(subscribe, receiver, happen, off):
    _subscription, secret = subscribe()
    happen("ticket.closed")
    services.sweep(at=timezone.now())
    with time_machine.travel(timezone.now() + off):
        assert receiver.opened(secret)["type"] == "ticket.closed"


@pytest.mark.parametrize("off", [-6 * MINUTE, 6 * MINUTE], ids=["an old copy", "of the future"])
def test_beyond_that_it_refuses(subscribe, receiver, happen, off):
    _subscription, secret = subscribe()
    happen("ticket.closed")
    services.sweep(at=timezone.now())
    with time_machine.travel(timezone.now() + off), pytest.raises(WebhookVerificationError):
        receiver.opened(secret)


def test_a_retry_two_hours_later_carries_its_own_instant(subscribe, receiver, happen):
    _subscription, secret = subscribe()
    [event] = happen("ticket.closed")
    receiver.status = 503
    services.sweep(at=timezone.now())
    receiver.status = 200
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert services.sweep(at=timezone.now()) == 1
        assert receiver.opened(secret)["id"] == event
        with pytest.raises(WebhookVerificationError):
            receiver.opened(secret, 0)
    assert receiver.ids == [event, event]


def test_a_clock_set_back_holds_nothing_up_and_keeps_the_order(subscribe, receiver, happen):
    """A day ahead, then right again: the claim and the wait written ahead would last a day."""
    subscribe()
    with time_machine.travel(timezone.now() + 24 * HOUR):
        first = happen("ticket.received")
        receiver.status = 503
        services.sweep(at=timezone.now())
        ahead = timezone.now()
    Subscription.objects.update(claimed_until=ahead + MINUTE)  # its worker died as well
    receiver.status = 200
    second = happen("ticket.closed")
    assert services.sweep(at=timezone.now()) == 2
    assert receiver.ids == [*first, *first, *second]


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(seconds=59)])
def test_a_claim_of_a_colleague_is_respected(subscribe, receiver, happen, ahead):
    subscribe()
    happen("ticket.closed")
    now = timezone.now()
    Subscription.objects.update(claimed_until=now + ahead)
    assert services.sweep(at=now) == 0
    assert receiver.ids == []
