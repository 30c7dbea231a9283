from requests_app.reminders.services.following import on_appointment_changed
from requests_app.reminders.services.preflight import is_still_valid
from requests_app.reminders.services.sweeping import sweep

__all__ = ["is_still_valid", "on_appointment_changed", "sweep"]
