from requests_app.reminders.services.following import followed
from requests_app.reminders.services.sweeping import sweep
from requests_app.reminders.services.truth import still_true

__all__ = ["followed", "still_true", "sweep"]
