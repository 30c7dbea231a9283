from datetime import datetime, timedelta

import pytest
import time_machine

from requests_app.appointments import services
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.opening import PARIS

NOW = datetime(2026, 11, 9, 9, 0, tzinfo=PARIS)  # a Monday
THURSDAY = datetime(2026, 11, 26, 10, 30, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def that_winter():
    """Live in that month: a sentence names the year of a day when it is another one."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def follow_up(db):
    """A sort of appointment of half an hour."""
    return AppointmentType.objects.get_or_create(
        code="suivi", defaults={"label": "Suivi", "public_label": "Rendez-vous", "minutes": 30}
    )[0]


@pytest.fixture
def wish(follow_up, lyon_8, chloe):
    """What is asked for: with Chloé at Lyon 8e, a Thursday at 10:30, unless told otherwise."""

    def ask(starts_at=THURSDAY, **fields):
        return services.Wish(
            **{"type": follow_up, "maison": lyon_8, "agent": chloe, "starts_at": starts_at, **fields}
        )

    return ask


@pytest.fixture
def give(wish, make_ticket, amina, chloe):
    """An appointment of Amina, given by Chloé on a Monday."""

    def book(starts_at=THURSDAY, *, ticket=None, at=NOW, by=chloe, **fields):
        ticket = ticket or make_ticket(person=amina, topic="rsa-demande", received_at=at - timedelta(days=1))
        return services.book(ticket=ticket, wish=wish(starts_at, **fields), by=by, at=at)

    return book
