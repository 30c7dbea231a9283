from django.apps import AppConfig

from requests_app.lib.incidents import register_alarm


class IntakeConfig(AppConfig):
    """Raw arrivals: stored first, processed later; quarantine and reconciliation."""

    name = "channels_app.intake"
    label = "intake"

    def ready(self) -> None:
        from channels_app.intake.alarms import alarms

        register_alarm(alarms)
