"""When an appointment is reminded: days before, in local time, within the sending hours."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from requests_app.appointments.models import Appointment
from requests_app.maisons.opening import PARIS
from requests_app.outbox.windows import brought_forward
from requests_app.reminders.models import ReminderRule


def all_rules() -> list[ReminderRule]:
    """Return every rule, earliest reminder first; one statement."""
    return list(ReminderRule.objects.order_by("-days_before"))


def rules_for(type_id: int, rules: Sequence[ReminderRule]) -> list[ReminderRule]:
    """Return the rules of this type of appointment, or else those of all types."""
    own = [rule for rule in rules if rule.type_id == type_id]
    return own or [rule for rule in rules if rule.type_id is None]


def due_times(starts_at: datetime, dated_at: datetime, rules: list[ReminderRule]) -> dict[int, datetime]:
    """Return the instant of each reminder, by its number of days.

    No reminder for a date given too late for it, nor when its hour, brought forward, had already passed:
    the confirmation, just sent, says the same.
    """
    found = {}
    for rule in rules:
        wanted = brought_forward(days_before(starts_at, rule.days_before))
        if rule.is_active and dated_at <= days_before(starts_at, rule.notice_days) and wanted > dated_at:
            found[rule.days_before] = wanted
    return found


def days_before(starts_at: datetime, days: int) -> datetime:
    """Return the same local time some days before, even when clocks change between (threats: F09)."""
    return (starts_at.astimezone(PARIS) - timedelta(days=days)).astimezone(UTC)


def times_of(appointment: Appointment, rules: Sequence[ReminderRule]) -> dict[int, datetime]:
    return due_times(appointment.starts_at, appointment.dated_at, rules_for(appointment.type_id, rules))
