"""A process killed once at each place of failpoints.POINTS: one ticket and one acknowledgment come of it.

The mail goes the whole way: a real door, workers in processes of their own, a real sending server. What the
dead process left is finished by the sweep in less than two minutes (threats: F01, F02, I2, O01).
"""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.mail.tests import calls
from channels_app.mail.tests.doors import HERE, RAW, ROOT, mail_in, our_world, start_door
from channels_app.mail.tests.doors import port_of as port_of_door
from channels_app.mail.tests.imap_server import ImapServer
from channels_app.mail.tests.web import Web
from channels_app.portal.form_data import Filled
from requests_app.api_keys.services import create_key
from requests_app.lib.failpoints import POINTS
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
HEAR = "from channels_app.intake import tasks; tasks.process(arrival_id={pk})"
FORM = (
    "from channels_app.intake.services import store_and_process; from django.utils import timezone; "
    "store_and_process(channel='portal', raw={raw!r}, source='form', key='key', at=timezone.now())"
)
POLL = "from channels_app.mail import tasks; tasks.poll_imap()"
SEND = "from channels_app.delivery import tasks; tasks.send(outgoing_id={pk})"


def by_a_door_that_dies(point):
    """The sender is told « later » or « stored »; it gives the same mail again."""
    dying = start_door(FAILPOINT=f"{point}:kill")
    mail_in(RAW, port_of_door(dying))
    assert dying.wait(10) == -9
    dying.stderr.close()
    living = start_door()
    assert mail_in(RAW, port_of_door(living)).returncode == os.EX_OK
    living.terminate()
    assert living.wait(10) == 0
    living.stderr.close()


def by_a_provider(point, _office):
    """It gets no answer, and calls again with another signature."""
    dying = Web(FAILPOINT=f"{point}:kill")
    with pytest.raises(OSError):
        dying.post("mailgun", calls.mailgun(RAW, is_mime=True))
    dying.close()
    living = Web()
    assert living.post("mailgun", calls.mailgun(RAW, is_mime=True)) == 200
    living.close()


def by_a_box(point, office):
    box = ImapServer()
    box.folders["INBOX"].put(RAW)
    by_a_worker_that_dies(point, POLL, office, GRU_IMAP_URL=box.url())
    assert worker(POLL, GRU_IMAP_URL=box.url()) == os.EX_OK
    box.close()


def by_a_worker_that_dies(point, code, office, **more):
    assert worker(code, FAILPOINT=f"{point}:kill", GRU_EMAIL_URL=office.url, **more) == -9


def worker(code, **environment):
    argv = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    return subprocess.run(argv, cwd=ROOT, env=our_world(**environment)).returncode


def by_a_form(point, office):
    """Its author presses again: the same key is the same form."""
    filled = Filled(at=timezone.now(), topic_code="", text="Bonjour", way="mail", email="amina@exemple.fr")
    code = FORM.format(raw=filled.to_raw())
    by_a_worker_that_dies(point, code, office)
    assert worker(code, GRU_EMAIL_URL=office.url) == os.EX_OK


def by_a_program(point, _office):
    """It gets no answer, and sends the same call again with the same key."""
    _key, secret = create_key(name="Portail", scopes=["tickets:write"], by=None, at=timezone.now())
    headers = {
        "Authorization": f"Bearer {secret}",
        "Idempotency-Key": "1",
        "Content-Type": "application/json",
    }
    body = json.dumps({"text": "Bonjour", "person": {"mails": ["amina@exemple.fr"]}}).encode()
    dying = Web(FAILPOINT=f"{point}:kill")
    with pytest.raises(OSError):
        dying.ask("POST", "/api/v1/tickets/", body, headers)
    dying.close()
    living = Web()
    assert living.ask("POST", "/api/v1/tickets/", body, headers) == 201
    living.close()


def heard(point, office):
    kept = intake.store_unqueued(channel="mail", address=HERE, raw=RAW, source="test", at=timezone.now())
    by_a_worker_that_dies(point, HEAR.format(pk=kept.arrival_id), office)


def sent(point, office):
    kept = intake.store_unqueued(channel="mail", address=HERE, raw=RAW, source="test", at=timezone.now())
    intake.process(arrival_id=kept.arrival_id, at=timezone.now())
    by_a_worker_that_dies(point, SEND.format(pk=Outgoing.objects.get().pk), office)


STAGES = {
    "form": by_a_form,
    "door": lambda point, office: by_a_door_that_dies(point),
    "imap": by_a_box,
    "webhook": by_a_provider,
    "partner": by_a_program,
    "api": by_a_program,
    "intake": heard,
    "delivery": sent,
}


def sweeps(*, until):
    """What the scheduler does every ten seconds."""
    start = timezone.now()
    for seconds in range(10, int(until.total_seconds()), 10):
        intake.sweep(at=start + timedelta(seconds=seconds))
        delivery.sweep(at=start + timedelta(seconds=seconds))


# SMS and their pictures in tests/channels_app/sms/test_kills.py, plans in tests/requests_app/reminders/
# test_batches.py, a purge in tests/requests_app/privacy/test_stopped.py, a push in webhooks/test_killed.py,
# offers of freed hours in waiting_list/test_sweeps.py.
ELSEWHERE = ("sms.", "reminders.", "privacy.", "webhooks.", "waiting_list.")
HERE_TOO = [point for point in POINTS if not point.startswith(ELSEWHERE)]


@pytest.mark.parametrize("point", HERE_TOO)
def test_F01_F02_O01_killed_there_everything_is_finished_once_in_two_minutes(territory, office, point):
    STAGES[point.partition(".")[0]](point, office)
    sweeps(until=timedelta(minutes=2))
    assert intake.reconcile(at=timezone.now()).is_right
    assert [arrival.state for arrival in Arrival.objects.all()] == [Arrival.State.HEARD]
    ack = Outgoing.objects.get(touchpoint__ticket=Ticket.objects.get())
    assert (ack.state, office.ids) == (Outgoing.State.SENT, [ack.message_id])
