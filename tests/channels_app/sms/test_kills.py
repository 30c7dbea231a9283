"""A worker killed anywhere while it sends an SMS: nothing lost, at most one resend (threats: O01, F02)."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.mail.tests.doors import ROOT, our_world
from requests_app.outbox.models import Outgoing
from tests.channels_app.sms.conftest import OURS, SID, TOKEN, fresh, sent

SET_UP = "import django; django.setup(); from channels_app.delivery import tasks\n"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("point", "attempts"),
    [
        ("delivery.before_claim", 1),
        ("delivery.after_claim", 2),
        ("delivery.after_speak", 1),
        ("delivery.after_note", 1),
    ],
)
def test_O01_killed_there_the_sweep_finishes_and_the_telephone_rings_once(
    telephone, to_send, point, attempts
):
    outgoing = to_send()
    code = f"{SET_UP}tasks.send(outgoing_id={outgoing.pk})"
    account = {"GRU_TWILIO_ACCOUNT_SID": SID, "GRU_TWILIO_AUTH_TOKEN": TOKEN, "GRU_TWILIO_FROM": OURS}
    world = our_world(**account, GRU_TWILIO_API_BASE=telephone.url, FAILPOINT=f"{point}:kill")
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=world).returncode == -9
    for minutes in (1, 2, 4):
        delivery.sweep(at=timezone.now() + timedelta(minutes=minutes))
    found = fresh(outgoing)
    assert (found.state, found.attempts) == (Outgoing.State.SENT, attempts)
    assert [text.sid for text in sent(telephone)] == [found.provider_id]
