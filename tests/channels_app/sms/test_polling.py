"""SMS that came while we were down are fetched, once (threats: S02)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.sms import polling
from gru.demo.telephone.exchange import IN
from requests_app.tickets.models import Touchpoint
from tests.channels_app.sms.conftest import AMINA, OURS, form

pytestmark = pytest.mark.django_db


def written(telephone, count=1):
    exchange = telephone.exchange
    return [
        exchange.add(IN, sender=AMINA, to=OURS, body=f"message {n}", status="received") for n in range(count)
    ]


def test_S02_what_was_never_brought_is_taken_in_once(telephone):
    texts = written(telephone, 3)
    assert polling.poll(at=timezone.now()) == 3
    assert polling.poll(at=timezone.now()) == 0
    assert Arrival.objects.filter(source="poll:twilio").count() == len(texts)


def test_S02_what_was_brought_is_known(telephone):
    (text,) = written(telephone)
    raw = form(text.body, sid=text.sid)
    intake.store_unqueued(channel="sms", address=OURS, raw=raw, source="t", at=timezone.now(), key=text.sid)
    assert polling.poll(at=timezone.now()) == 0


def test_S02_it_is_understood_as_if_it_had_been_brought(telephone, territory):
    (text,) = written(telephone)
    polling.poll(at=timezone.now())
    intake.sweep(at=timezone.now() + timedelta(minutes=1))
    touchpoint = Touchpoint.objects.get(direction="in")
    assert (touchpoint.text, touchpoint.sender) == (text.body, AMINA)
    assert abs(touchpoint.occurred_at - text.made_at) < timedelta(seconds=1)


def test_S02_many_pages_cost_the_same_statements_as_one(telephone, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("channels_app.sms.provider.sending.PAGE", 5)
    written(telephone, 12)
    assert polling.poll(at=timezone.now()) == 12
    with django_assert_num_queries(2):
        polling.poll(at=timezone.now())


def test_S02_what_we_sent_is_not_taken_for_what_we_received(telephone, to_send, settings):
    from tests.channels_app.sms.conftest import send

    settings.TWILIO_FROM = "MGservice"
    send(to_send())
    written(telephone)
    assert polling.poll(at=timezone.now()) == 1


def test_S02_a_provider_that_is_away_is_asked_again_next_time(telephone):
    written(telephone)
    telephone.troubles.set("outage", 1)
    assert polling.poll(at=timezone.now()) == 0
    telephone.troubles.set("off", 0)
    assert polling.poll(at=timezone.now()) == 1


def test_without_an_account_nobody_is_asked(settings):
    settings.TWILIO_ACCOUNT_SID = ""
    assert polling.poll(at=timezone.now()) == 0
