from django.apps import AppConfig


class LibConfig(AppConfig):
    """Tools without models, and the template tags of the look."""

    name = "requests_app.lib"
    label = "lib"
