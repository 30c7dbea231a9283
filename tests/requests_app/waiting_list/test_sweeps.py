"""Schedulers that sweep at once, or are killed: each SMS once; several « OUI » at once: one appointment."""

import subprocess
import sys
from datetime import timedelta

import pytest

from channels_app.mail.tests.doors import ROOT, our_world
from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.waiting_list import services
from requests_app.waiting_list.models import Offer
from tests.requests_app.appointments.conftest import NOW, THURSDAY
from tests.requests_app.waiting_list.conftest import MINUTE, send

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def freed(give, wait):
    """Five persons who wait, and two hours that are free again."""
    for _ in range(5):
        wait()
    for hours in (0, 1):
        given = give(THURSDAY + timedelta(hours=hours), at=NOW)
        appointments.cancel_by_person(appointment=given, by=None, at=LATER - MINUTE)


def keys():
    return sorted(Outgoing.objects.filter(kind="offer").values_list("key", flat=True))


@pytest.mark.django_db(transaction=True)
class TestSchedulers:
    def test_F02_O07_killed_then_swept_ten_times_each_is_asked_once(self, freed, at_once):
        code = (
            "import django; django.setup()\n"
            "from datetime import datetime\n"
            "from requests_app.waiting_list import services\n"
            f"services.sweep(at=datetime.fromisoformat('{LATER.isoformat()}'))"
        )
        world = our_world(FAILPOINT="waiting_list.before_commit:kill")
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=world).returncode == -9
        assert keys() == []
        at_once(*[lambda: services.sweep(at=LATER)] * 10)
        assert (len(keys()), len(set(keys())), Offer.objects.count()) == (5, 5, 5)
        assert Outgoing.objects.filter(kind="offer").values("recipient").distinct().count() == 5

    def test_three_yes_at_once_are_one_appointment(self, freed, at_once):
        services.sweep(at=LATER)
        send(LATER)
        asked = list(Offer.objects.filter(slot__starts_at=THURSDAY).select_related("place__ticket"))
        assert len(asked) == 3
        at_once(*[lambda offer=offer: services.accept(offer=offer, at=LATER + MINUTE) for offer in asked])
        assert Appointment.objects.expected().filter(starts_at=THURSDAY).count() == 1
        outcomes = Offer.objects.filter(slot__starts_at=THURSDAY).values_list("outcome", flat=True)
        assert sorted(outcomes) == ["accepted", "taken", "taken"]
