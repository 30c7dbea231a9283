from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services
from requests_app.outbox.models import Outgoing
from tests.channels_app.delivery.conftest import state_of

pytestmark = pytest.mark.django_db
State = Outgoing.State


@pytest.fixture
def point(amina):
    return amina.contact_points.get(kind="email")


@pytest.fixture
def sent(office, to_send, point):
    outgoing = to_send(contact_point=point)
    services.send(outgoing_id=outgoing.pk, at=timezone.now())
    return outgoing


def bounced(is_permanent=True, **named):
    return services.bounced(reason="boîte pleine", is_permanent=is_permanent, at=timezone.now(), **named)


def test_O06_a_bounce_marks_the_message_and_the_address(sent, point):
    assert bounced(message_id=f"<{sent.message_id}>") == sent
    assert state_of(sent) == State.FAILED
    point.refresh_from_db()
    assert (point.needs_check, point.verified_at) == (True, None)


def test_O06_a_notice_that_only_names_the_recipient_is_about_the_last_one_sent(sent):
    assert bounced(recipient="Amina@Exemple.fr") == sent
    Outgoing.objects.update(state=State.SENT, sent_at=timezone.now() - timedelta(days=6))
    assert bounced(recipient="amina@exemple.fr") is None


def test_a_delay_is_only_told(sent, point):
    bounced(message_id=sent.message_id, is_permanent=False)
    assert state_of(sent) == State.SENT
    assert sent.steps.order_by("pk").last().text == "Avis de non-remise : boîte pleine"
    point.refresh_from_db()
    assert not point.needs_check


@pytest.mark.parametrize("state", [State.DELIVERED, State.QUEUED])
def test_what_was_delivered_or_has_not_left_does_not_move(sent, state):
    Outgoing.objects.update(state=state)
    bounced(message_id=sent.message_id)
    assert state_of(sent) == state


@pytest.mark.parametrize("named", [{"message_id": "x@y"}, {"recipient": "x@y.fr"}, {}])
def test_a_stranger_s_bounce_is_none_of_ours(sent, named):
    assert bounced(**named) is None


def test_a_notice_of_delivery_is_shown_and_never_overwrites_a_failure(sent, point):
    assert services.delivered(message_id=sent.message_id, at=timezone.now()) == sent
    assert state_of(sent) == State.DELIVERED
    bounced(message_id=sent.message_id)
    assert state_of(sent) == State.DELIVERED
    Outgoing.objects.update(state=State.FAILED, reason="non")
    services.delivered(message_id=sent.message_id, at=timezone.now())
    assert state_of(sent) == State.FAILED


def test_O01_a_notice_of_delivery_settles_a_doubt(sent):
    Outgoing.objects.update(state=State.UNCERTAIN)
    services.delivered(message_id=sent.message_id, at=timezone.now())
    assert state_of(sent) == State.DELIVERED
    assert services.delivered(message_id="x@y", at=timezone.now()) is None
