"""The first appointment as it is published: those who still wait are counted."""

from datetime import datetime, timedelta

import pytest

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.services import Search, record_search
from requests_app.maisons.opening import PARIS
from requests_app.publication.models import Indicator
from requests_app.publication.services import publish
from tests.factories import person, ticket

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 7, 6, 10, tzinfo=PARIS)


def test_most_still_wait(lyon_8):
    kind = AppointmentType.objects.create(code="suivi", label="Suivi", public_label="Suivi", minutes=30)
    for rank in range(6):
        asked = ticket(
            text=None, maison=lyon_8, person=person(family_name=f"Fofana {rank}"), received_at=ASKED
        )
        record_search(Search(kind, ticket=asked), starts=[ASKED + timedelta(days=9)], at=ASKED)
    publish(at=datetime(2026, 10, 8, 9, tzinfo=PARIS))
    shown = Indicator.objects.get(kind="appointment", maison=lyon_8)
    assert (shown.n, shown.middle, shown.most) == (5, None, None)
