from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The counter's day: arrived, called, received, left."""

    name = "requests_app.visits"
    label = "visits"
