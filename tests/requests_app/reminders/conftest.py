import pytest
from django.core.management import call_command

from requests_app.reminders.models import Reminder
from tests.requests_app.appointments.conftest import follow_up, give, that_winter, wish  # noqa: F401


@pytest.fixture(autouse=True)
def rules(territory):
    """Seven days and two days before, as shipped."""
    call_command("load_reminder_rules", verbosity=0)


@pytest.fixture
def said():
    """What was planned for an appointment: purpose, days before, state, channel, when; oldest first."""

    def of(appointment, *fields):
        fields = fields or ("purpose", "days_before", "outgoing__state")
        rows = Reminder.objects.filter(appointment=appointment).order_by("pk")
        return list(rows.values_list(*fields))

    return of
