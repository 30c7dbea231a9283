from django.apps import AppConfig


class Open311Config(AppConfig):
    """The door of Open311 clients."""

    name = "requests_app.open311"
    label = "open311"
