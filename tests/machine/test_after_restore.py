"""A backup of 02:00 brought back at 10:00: what providers have is taken in, nothing is said twice (F12)."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from gru.demo.telephone.exchange import IN
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Attachment, Touchpoint
from tests.channels_app.sms.conftest import (  # noqa: F401
    AMINA,
    OURS,
    send,
    sent,
    telephone,
    to_send,
    twilio_account,
)

pytestmark = pytest.mark.django_db


def after_restore():
    out = StringIO()
    call_command("after_restore", stdout=out)
    return json.loads(out.getvalue())


def test_F12_the_sms_that_the_backup_lacks_are_taken_in_and_heard(telephone, territory):  # noqa: F811
    for n in range(3):
        telephone.exchange.add(IN, sender=AMINA, to=OURS, body=f"Message {n}", status="received")
    assert after_restore()["taken_in"] == {"sms": 3, "mail": 0}
    intake.sweep(at=timezone.now() + timedelta(minutes=1))  # as the workers do
    assert Touchpoint.objects.filter(direction="in", channel="sms").count() == 3
    assert after_restore()["taken_in"]["sms"] == 0
    assert Arrival.objects.count() == 3


def test_F12_what_left_after_the_backup_does_not_leave_again(telephone, to_send):  # noqa: F811
    outgoing = to_send()
    as_backed_up = Outgoing.objects.filter(pk=outgoing.pk).values().get()
    send(outgoing)
    Outgoing.objects.filter(pk=outgoing.pk).update(**as_backed_up)
    assert after_restore()["to_ask_before_sending"] == 1
    send(outgoing)
    assert len(sent(telephone)) == 1
    assert Outgoing.objects.get(pk=outgoing.pk).state == Outgoing.State.SENT


def test_F12_what_had_not_left_leaves(telephone, to_send):  # noqa: F811
    outgoing = to_send()
    after_restore()
    send(outgoing)
    assert len(sent(telephone)) == 1


def test_F12_tickets_whose_files_are_missing_are_listed(settings, make_ticket, make_touchpoint):
    settings.TWILIO_ACCOUNT_SID = ""
    lacking, whole = make_ticket(), make_ticket()
    for ticket, name in ((lacking, "2026/absent.pdf"), (whole, "2026/present.pdf")):
        carrying = make_touchpoint(ticket, at=timezone.now())
        Attachment.objects.create(touchpoint=carrying, name="a.pdf", file=name, size=1, sha256="0" * 64)
    default_storage.save("2026/present.pdf", ContentFile(b"x"))
    assert after_restore()["files_missing"] == [lacking.reference]
