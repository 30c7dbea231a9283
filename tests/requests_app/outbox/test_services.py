from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from requests_app.outbox import services
from requests_app.outbox.models import Outgoing

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    def make(**fields):
        whole = {
            "key": "acknowledgment:1:amina@exemple.fr:mail",
            "kind": Outgoing.Kind.ACKNOWLEDGMENT,
            "channel": "mail",
            "recipient": "amina@exemple.fr",
            "message_id": "gru.x@demande.invalid",
            "payload": {"subject": "Votre demande LYN-7K4P2Q", "text": "Bonjour"},
            **fields,
        }
        return services.Message(**whole)

    return make


def test_I4_the_same_reason_is_said_once(message):
    now = timezone.now()
    first, is_new = services.queue(message(), at=now)
    again, is_newer = services.queue(message(message_id="gru.y@demande.invalid"), at=now)
    assert (again.pk, is_new, is_newer) == (first.pk, True, False)


def test_an_answer_waits_ten_seconds_and_can_be_taken_back(message):
    now = timezone.now()
    outgoing, _ = services.queue(message(delay=timedelta(seconds=10)), at=now)
    assert not Outgoing.objects.due(now).exists()
    assert services.cancel(outgoing=outgoing, at=now)
    assert not Outgoing.objects.due(now + timedelta(minutes=1)).exists()


def test_what_has_left_cannot_be_taken_back(message):
    outgoing, _ = services.queue(message(), at=timezone.now())
    Outgoing.objects.update(state=Outgoing.State.SENT)
    assert not services.cancel(outgoing=outgoing, at=timezone.now())


def test_a_refusal_keeps_its_reason_and_never_leaves(message):
    now = timezone.now()
    outgoing = services.refuse(message(), reason="Cinq accusés aujourd’hui.", at=now)
    assert (outgoing.state, outgoing.reason) == (Outgoing.State.REFUSED, "Cinq accusés aujourd’hui.")
    assert not Outgoing.objects.due(now + timedelta(days=1)).exists()


def test_I4_what_is_undone_is_not_said_and_rings_nobody(message, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as bells, suppress(ZeroDivisionError), transaction.atomic():
        services.queue(message(), at=timezone.now())
        raise ZeroDivisionError
    assert not bells
    assert not Outgoing.objects.exists()


def test_I4_the_bell_rings_once_the_cause_is_committed(message, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as bells:
        services.queue(message(), at=timezone.now())
        services.queue(message(key="later", message_id="gru.y@x", delay=timedelta(days=1)), at=timezone.now())
    assert len(bells) == 1
