from django.apps import AppConfig


class ExperimentsConfig(AppConfig):
    """What is tried at some Maisons, and what may be believed of it."""

    name = "requests_app.experiments"
    label = "experiments"
