from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The log of what happened, for other software: pulled, or pushed to its subscriptions."""

    name = "requests_app.events"
    label = "events"
