from requests_app.reminders.models.reminders import Planned, Reminder
from requests_app.reminders.models.rules import ReminderRule

__all__ = ["Planned", "Reminder", "ReminderRule"]
