"""A push is one event, signed, in order; what fails waits, then pauses, and nothing is lost."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from gru import doctor
from requests_app.api_keys.services import revoke_key
from requests_app.events.models import DomainEvent
from requests_app.outbox.models import Outgoing
from requests_app.webhooks import posting, services
from requests_app.webhooks.models import Delivery, Subscription
from requests_app.webhooks.selectors import push_lag_s
from requests_app.webhooks.services.noting import DELAYS

pytestmark = pytest.mark.django_db


def fresh(subscription):
    return Subscription.objects.get(pk=subscription.pk)


def sweep(at=None):
    return services.sweep(at=at or timezone.now())


class TestOrder:
    def test_each_event_once_in_order_signed_and_readable(self, subscribe, receiver, happen):
        _subscription, secret = subscribe()
        ids = happen("ticket.received", "ticket.closed") + happen("person.erased", ticket="", person=7)
        assert sweep() == 3
        assert receiver.ids == ids
        event = receiver.opened(secret, 0)
        assert (event["id"], event["type"]) == (ids[0], "ticket.received")
        assert event["data"] == {"ticket": "LYN-7K4P2Q", "person": None, "maison": None}
        assert receiver.opened(secret)["data"] == {"person": 7}
        assert sweep() == 0

    def test_the_present_on(self, subscribe, receiver, happen):
        happen("ticket.received")
        subscribe()
        later = happen("ticket.closed")
        sweep()
        assert receiver.ids == later

    def test_only_the_types_wanted(self, subscribe, receiver, happen):
        subscription, _secret = subscribe(types=["ticket.closed", "person.*"])
        ids = happen("ticket.received", "ticket.closed", "appointment.booked", "person.merged")
        sweep()
        assert receiver.ids == [ids[1], ids[3]]
        assert fresh(subscription).cursor == 4

    def test_the_second_waits_for_the_first(self, subscribe, receiver, happen):
        subscribe()
        first, second = happen("ticket.received", "ticket.closed")
        receiver.status = 500
        assert sweep() == 0
        assert receiver.ids == [first]
        receiver.status = 204
        assert sweep(timezone.now() + timedelta(seconds=6)) == 2
        assert receiver.ids == [first, first, second]

    def test_A01_another_maison_is_not_told(
        self, subscribe, make_key, receiver, happen, lyon_8, villeurbanne
    ):
        subscribe(make_key(maisons=[lyon_8]))
        happen("ticket.closed", maison=villeurbanne.pk)
        ours = happen("ticket.closed", maison=lyon_8.pk)
        happen("ticket.received")
        sweep()
        assert receiver.ids == ours

    def test_A03_who_it_is_stays_hidden_without_the_scope(self, subscribe, make_key, receiver, happen):
        secrets = [subscribe()[1], subscribe(make_key(["events:read", "sensitive:read"]))[1]]
        happen("ticket.closed", person=9, is_sensitive=True)
        sweep()
        assert [receiver.opened(each, rank)["data"]["person"] for rank, each in enumerate(secrets)] == [
            None,
            9,
        ]

    def test_a_revoked_key_is_told_nothing_more(self, subscribe, make_key, receiver, happen, admin):
        key = make_key()
        subscribe(key)
        revoke_key(key=key, by=admin, at=timezone.now())
        happen("ticket.closed")
        assert (sweep(), receiver.ids) == (0, [])


class TestFailures:
    @pytest.fixture
    def one(self, subscribe, happen):
        subscription, _secret = subscribe()
        happen("ticket.closed")
        return subscription

    def test_tries_wait_longer_then_it_pauses_with_a_mail(self, one, receiver):
        receiver.status, at, waits = 503, timezone.now(), []
        while fresh(one).state == "active":
            sweep(at)
            row = fresh(one)
            if row.next_try_at:
                waits.append((row.next_try_at - at) / DELAYS[row.tries - 1])
                assert sweep(row.next_try_at - timedelta(seconds=1)) == 0
                at = row.next_try_at
        assert len(receiver.ids) == 13 == fresh(one).tries
        assert len(waits) == 12
        assert all(0.89 < each < 1.11 for each in waits)
        assert sum(DELAYS, timedelta()) < timedelta(days=1)
        assert sweep(at + timedelta(days=2)) == 0
        mail = Outgoing.objects.get()
        assert mail.recipient == "exploitant@exemple.fr"
        assert "503" in mail.payload["text"]

    def test_resumed_it_goes_on_where_it_stopped(self, one, receiver, happen):
        Subscription.objects.update(state="paused", paused_at=timezone.now(), tries=13)
        happen("ticket.reopened")
        services.resume(subscription=one)
        assert sweep() == 2
        assert (fresh(one).tries, fresh(one).last_error) == (0, "")

    def test_W08_a_redirect_is_a_failure_and_is_not_followed(self, one, receiver):
        receiver.status, receiver.location = 302, f"{receiver.url}/ailleurs"
        assert sweep() == 0
        assert [path for path, _headers, _body in receiver.requests] == ["/gru"]
        assert "renvoie" in fresh(one).last_error

    def test_a_receiver_that_is_down(self, one, receiver):
        receiver.close()
        assert sweep() == 0
        assert fresh(one).tries == 1

    @pytest.mark.parametrize("manner", ["wait", "drip"])
    def test_a_receiver_that_drags_is_cut_at_the_limit(self, one, receiver, monkeypatch, manner):
        monkeypatch.setattr(posting, "LIMIT_S", 1.0)
        receiver.wait, receiver.drip = (3.0, False) if manner == "wait" else (0.0, True)
        started = time.monotonic()
        sweep()
        receiver.drip = False
        assert time.monotonic() - started < 2.5
        assert fresh(one).tries == 1

    def test_an_address_that_became_private_is_not_reached(self, one, receiver, settings):
        settings.PUSH_NETWORKS = []
        assert sweep() == 0
        assert receiver.ids == []
        assert "privée" in fresh(one).last_error

    def test_a_worker_that_died_leaves_the_event_to_the_next(self, one, receiver):
        Subscription.objects.update(claimed_until=timezone.now() + timedelta(seconds=60))
        assert sweep() == 0
        assert sweep(timezone.now() + timedelta(seconds=61)) == 1

    def test_a_slow_one_is_left_to_the_sweep(self, one, receiver, monkeypatch, happen):
        monkeypatch.setattr("requests_app.webhooks.services.noting.SLOW_MS", 0)
        happen("ticket.reopened", "ticket.closed")
        assert services.push(subscription_id=one.pk, at=timezone.now()) == 1
        assert fresh(one).is_slow
        assert services.announce(at=timezone.now()) == 0
        assert sweep() == 2

    def test_one_that_fails_holds_up_no_other(self, one, receiver, subscribe):
        other, _secret = subscribe(url="http://127.0.0.1:9/")
        at = timezone.now()
        assert sweep(at) == 1
        assert fresh(other).tries == 0


class TestByHand:
    def test_a_test_event_leaves_once_even_when_paused(self, subscribe, receiver):
        subscription, secret = subscribe()
        services.pause(subscription=subscription, at=timezone.now())
        asked = services.send_test(subscription=subscription, at=timezone.now())
        assert sweep() == 1
        event = receiver.opened(secret)
        assert (event["type"], event["id"], event["data"]) == ("test", asked.public_id, {})
        assert sweep() == 0

    def test_replay_sends_again_what_follows(self, subscribe, receiver, happen):
        subscription, _secret = subscribe()
        ids = happen("ticket.received", "ticket.closed", "ticket.reopened")
        sweep()
        services.replay(subscription=subscription, after=1)
        sweep()
        assert receiver.ids == [*ids, *ids[1:]]

    def test_one_event_sent_again_moves_nothing(self, subscribe, receiver, happen):
        subscription, _secret = subscribe()
        ids = happen("ticket.received", "ticket.closed")
        sweep()
        first = DomainEvent.objects.order_by("pk").first()
        services.send_again(subscription=subscription, event=first, at=timezone.now())
        sweep()
        assert receiver.ids == [*ids, ids[0]]
        assert fresh(subscription).cursor == 2

    def test_both_secrets_sign_for_a_day(self, subscribe, receiver, happen):
        subscription, old = subscribe()
        new = services.rotate(subscription=subscription, at=timezone.now())
        happen("ticket.closed", "ticket.reopened")
        services.push(subscription_id=subscription.pk, at=timezone.now())
        assert receiver.opened(old, 0) == receiver.opened(new, 0)
        happen("ticket.closed")
        sweep(timezone.now() + timedelta(hours=25))
        assert receiver.opened(new)
        with pytest.raises(WebhookVerificationError):
            receiver.opened(old)

    def test_secrets_are_not_in_the_database(self, subscribe):
        _subscription, secret = subscribe()
        assert secret.startswith("whsec_")
        assert secret not in str(Subscription.objects.values().get())
        Webhook(secret)

    def test_the_last_hundred_pushes_are_shown(self, subscribe, happen, monkeypatch):
        monkeypatch.setattr("requests_app.webhooks.services.noting.MAX_KEPT", 3)
        subscribe()
        ids = happen(*["ticket.closed"] * 5)
        sweep()
        kept = Delivery.objects.order_by("pk")
        assert [each.event_id for each in kept] == ids[2:]
        assert [each.answer for each in kept] == ["merci"] * 3

    def test_since_yesterday(self, subscribe, happen):
        happen("ticket.received")
        DomainEvent.objects.update(at=timezone.now() - timedelta(days=3))
        happen("ticket.closed")
        assert services.position_before(timezone.now() - timedelta(days=1)) == 1
        assert services.position_before(timezone.now() + timedelta(days=1)) == 2


class TestWatched:
    def test_the_lag_is_the_age_of_what_waits(self, subscribe, receiver, happen):
        subscription, _secret = subscribe()
        at = timezone.now()
        assert push_lag_s(at) == 0
        happen("ticket.closed")
        DomainEvent.objects.update(at=at - timedelta(minutes=5))
        assert push_lag_s(at) == 300
        receiver.status = 500
        sweep(at)
        assert push_lag_s(at) == 300
        assert doctor.pushes().state == "bon"
        DomainEvent.objects.update(at=at - timedelta(hours=2))
        assert doctor.pushes().state == "à surveiller"
        services.pause(subscription=subscription, at=at)
        assert push_lag_s(at) == 0
        assert doctor.pushes().detail.startswith("1 en pause")
