from django.apps import AppConfig


class FirstDelayConfig(AppConfig):
    """How long people wait for a first appointment, with those who still wait."""

    name = "requests_app.first_delay"
    label = "first_delay"
