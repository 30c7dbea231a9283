from datetime import datetime, time

import pytest

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.services import Search, record_search
from requests_app.maisons.opening import PARIS


def at(day, hour=10):
    """Return an instant of a day of autumn 2026 here: « 10-05 »."""
    return datetime.combine(datetime.fromisoformat(f"2026-{day}"), time(hour), PARIS)


@pytest.fixture
def follow_up(db):
    """A sort of appointment of half an hour."""
    return AppointmentType.objects.get_or_create(
        code="suivi", defaults={"label": "Suivi", "public_label": "Rendez-vous", "minutes": 30}
    )[0]


@pytest.fixture
def look(follow_up):
    """Search slots for a ticket on a day, and be shown those that start on other days."""

    def search(ticket, day, *starts, **how):
        shown = [at(start) for start in starts]
        return record_search(Search(follow_up, ticket=ticket, **how), starts=shown, at=at(day))

    return search
