from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from requests_app.attendance.models import RiskFit
from requests_app.attendance.services.fitting import refit
from requests_app.tickets.deadlines import PARIS
from tests import factories
from tests.requests_app.appointments.conftest import follow_up, give, wish  # noqa: F401

NOW = datetime(2026, 12, 15, 10, tzinfo=PARIS)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def rules(territory):
    """Seven days and two days before, as shipped."""
    call_command("load_reminder_rules", verbosity=0)


@pytest.fixture
def history(make_ticket, make_appointment, chloe, lyon_8):
    """Appointments of the past: of those booked long before, three in five did not come."""

    def write(count=210, maison=lyon_8, agent=chloe):
        tickets = [
            make_ticket(text=None, maison=maison, person=factories.person(at=NOW)) for _each in range(7)
        ]
        for n in range(count):
            is_late, start = n % 2 == 0, NOW - (n // 8 + 1) * DAY + (n % 8) * timedelta(minutes=30)
            is_absent = n % 10 in (0, 2, 4) or n % 30 == 1
            make_appointment(
                ticket=tickets[n % 7],
                agent=agent,
                starts_at=start,
                dated_at=start - (60 if is_late else 2) * DAY,
                state="absent" if is_absent else "came",
                came_at=None if is_absent else start,
            )

    return write


@pytest.fixture
def fitted(history, lyon_8):
    """The weights of this month at Lyon 8e."""
    history()
    while refit(at=NOW):
        pass
    return RiskFit.objects.get(maison=lyon_8)
