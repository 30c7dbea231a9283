"""The administrator's page of subscriptions: what left, what came back, and what to do."""

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.events.models import DomainEvent
from requests_app.events.services import Fact, place_all, record
from requests_app.webhooks import services
from requests_app.webhooks.models import SingleSend, Subscription
from requests_app.webhooks.secrets import unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def webhook(stage):
    return stage.webhook


@pytest.fixture
def page(client_of, admin, webhook):
    def read(name="backoffice:webhook"):
        kwargs = {} if name == "backoffice:webhooks" else {"pk": webhook.pk}
        return client_of(admin).get(reverse(name, kwargs=kwargs)).content.decode()

    return read


@pytest.fixture
def do(client_of, admin, webhook):
    def post(action, **data):
        address = reverse("backoffice:webhook_act", kwargs={"pk": webhook.pk})
        return client_of(admin).post(address, {"action": action, **data}, follow=True).content.decode()

    return post


def test_a_paused_one_alarms_on_both_pages(page):
    assert "en pause" in page("backoffice:webhooks")
    assert "Rien ne part." in page()


def test_shows_our_request_and_their_answer(page):
    shown = page()
    assert "Revenez plus tard" in shown
    assert "Réponse 503 au lieu de 200." in shown
    assert "ticket.closed" in shown


def test_never_shows_a_secret_until_it_is_changed_then_once(page, do, webhook):
    assert "whsec_" not in page()
    shown = do("rotate")
    secret = unseal(Subscription.objects.get(pk=webhook.pk).secret)
    assert secret in shown
    assert "24 heures" in shown
    assert secret not in page()


def test_pauses_and_resumes(do, webhook):
    assert "reprend où il s’était arrêté" in do("resume")
    assert Subscription.objects.get(pk=webhook.pk).state == "active"
    assert "les évènements attendent" in do("pause")
    assert Subscription.objects.get(pk=webhook.pk).is_paused


def test_sends_a_test_and_one_event_again(do, webhook):
    record([Fact(kind="ticket.closed", ticket="LYN-7K4P2Q")], at=timezone.now())
    place_all()
    event = DomainEvent.objects.get()
    sent = webhook.deliveries.get()
    assert "plus gardé" in do("again", delivery=sent.pk)
    webhook.deliveries.update(event_id=event.public_id)
    do("again", delivery=sent.pk)
    do("test")
    assert list(SingleSend.objects.order_by("pk").values_list("event", flat=True)) == [event.pk, None]


def test_replays_since_yesterday(do, webhook):
    record([Fact(kind="ticket.closed", ticket="LYN-7K4P2Q")] * 2, at=timezone.now())
    Subscription.objects.filter(pk=webhook.pk).update(cursor=place_all())
    do("replay")
    assert Subscription.objects.get(pk=webhook.pk).cursor == 0


@pytest.mark.parametrize("action", ["", "delete", "again"])
def test_W03_another_action_changes_nothing(do, webhook, action):
    before = Subscription.objects.values().get()
    do(action, delivery="x")
    assert Subscription.objects.values().get() == before
    assert not SingleSend.objects.exists()


def test_lists_ten_for_the_statements_of_one(client_of, admin, webhook, django_assert_max_num_queries):
    for _each in range(9):
        services.subscribe(
            key=webhook.key, name="B", url="https://b.fr/", types=["*"], contact="b@b.fr", at=timezone.now()
        )
    client = client_of(admin)
    client.get(reverse("backoffice:webhooks"))
    with django_assert_max_num_queries(5):
        client.get(reverse("backoffice:webhooks"))
