from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Raw arrivals: stored first, heard later; quarantine and reconciliation."""

    name = "channels_app.intake"
    label = "intake"
