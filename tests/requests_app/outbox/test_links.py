import hashlib
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery.services import noting
from requests_app.outbox import links, services
from requests_app.outbox.models import Outgoing, SecretLink

pytestmark = pytest.mark.django_db
KEY = "acknowledgment:LYN-7K4P2Q:amina@exemple.fr:mail"
TEXT = "Suivre votre demande : {lien}"


@pytest.fixture
def queue():
    """Queues a message that carries a link to subject 7."""

    def make(key=KEY, text=TEXT, at=None):
        at = at or timezone.now()
        links.link_for(key, "ticket", 7, at)
        message = services.Message(
            key=key,
            kind=Outgoing.Kind.ACKNOWLEDGMENT,
            channel="mail",
            recipient="amina@exemple.fr",
            message_id=f"{hashlib.sha256(key.encode()).hexdigest()}@demande.invalid",
            payload={"subject": "Votre demande", "text": text},
        )
        return services.queue(message, at=at)[0]

    return make


def secret_in(text):
    found = re.search(r"/s/([A-Za-z0-9_-]{22})$", text)
    assert found
    return found[1]


def test_W09_the_link_has_128_bits_and_the_database_never_holds_it(queue):
    outgoing = queue()
    secret = secret_in(links.insert_links(TEXT, outgoing))
    row = SecretLink.objects.get()
    assert row.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(vars(row)) + str(vars(outgoing))


def test_W09_each_message_carries_its_own_and_a_retry_the_same(queue):
    first, second = queue(), queue(key=f"{KEY}:2")
    said = [links.insert_links(TEXT, outgoing) for outgoing in (first, first, second)]
    assert said[0] == said[1] != said[2]


def test_W07_the_link_is_built_on_the_configured_address(queue, settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    assert links.insert_links(TEXT, queue()).startswith("Suivre votre demande : https://gru.exemple.fr/s/")


def test_W09_a_link_leads_to_its_subject_for_thirty_days_after_its_message_left(queue):
    now = timezone.now()
    outgoing = queue(at=now)
    secret = secret_in(links.insert_links(TEXT, outgoing))
    left = now + timedelta(hours=20)
    Outgoing.objects.update(state=Outgoing.State.SENDING)
    noting.record_sent(outgoing, left)
    assert links.resolve(secret, left + timedelta(days=30, seconds=-1)) == ("ticket", 7)
    assert links.resolve(secret, left + timedelta(days=30, seconds=1)) is None


def test_W09_a_link_taken_back_leads_nowhere(queue):
    now = timezone.now()
    secret = secret_in(links.insert_links(TEXT, queue(at=now)))
    assert links.revoke("ticket", 7, at=now) == 1
    assert links.resolve(secret, now) is None


@pytest.mark.parametrize("secret", ["x" * 22, "", "x" * 500])
def test_W09_any_secret_costs_the_same(queue, secret, django_assert_num_queries):
    queue()
    with django_assert_num_queries(1):
        assert links.resolve(secret, timezone.now()) is None


def test_a_message_without_link_leaves_as_it_was_typed():
    outgoing = Outgoing(key="answer:1", payload={"text": TEXT})
    assert links.insert_links(TEXT, outgoing) == TEXT


def test_staff_read_that_there_is_a_link():
    assert links.as_shown(TEXT) == "Suivre votre demande : [lien de suivi]"


def test_asking_twice_for_the_same_message_makes_one_link(queue):
    now = timezone.now()
    links.link_for(KEY, "ticket", 7, now)
    queue(at=now)
    assert SecretLink.objects.count() == 1
