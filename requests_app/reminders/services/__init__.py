from requests_app.reminders.services.following import follow_change
from requests_app.reminders.services.sweeping import sweep
from requests_app.reminders.services.truth import still_true

__all__ = ["follow_change", "still_true", "sweep"]
