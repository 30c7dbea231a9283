"""A worker killed with a message in its hands: nothing lost, nothing twice (threats: F02, O01)."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from channels_app.delivery import services
from requests_app.outbox.models import Outgoing

SEND = "import django; django.setup(); from channels_app.delivery import tasks; tasks.send(outgoing_id={pk})"
pytestmark = pytest.mark.django_db(transaction=True)


def in_a_worker(outgoing, office, point):
    """Send one row in a process of its own, which dies where it is told."""
    known = connection.settings_dict
    host = known["HOST"].replace("/", "%2F")
    url = f"postgres://{known['USER']}:{known['PASSWORD']}@{host}:{known['PORT']}/{known['NAME']}"
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "gru.settings.test",
        "GRU_EMAIL_URL": office.url,
        "FAILPOINT": f"{point}:kill",
    }
    argv = [sys.executable, "-c", SEND.format(pk=outgoing.pk)]
    return subprocess.run(argv, cwd=settings.BASE_DIR, env=env).returncode


@pytest.mark.parametrize(
    "point",
    ["delivery.before_claim", "delivery.after_claim", "delivery.after_speak", "delivery.after_note"],
)
def test_F02_killed_there_the_sweep_finishes_once(office, to_send, point):
    outgoing = to_send()
    assert in_a_worker(outgoing, office, point) == -9
    for minutes in (1, 5, 10):
        services.sweep(at=timezone.now() + timedelta(minutes=minutes))
    assert office.ids == [outgoing.message_id]
    assert Outgoing.objects.get(pk=outgoing.pk).state == Outgoing.State.SENT
