from requests_app.reminders.services.following import on_appointment_changed
from requests_app.reminders.services.sweeping import sweep
from requests_app.reminders.services.truth import is_still_valid

__all__ = ["is_still_valid", "on_appointment_changed", "sweep"]
