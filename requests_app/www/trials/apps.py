from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """The pages of what Maisons try."""

    name = "requests_app.www.trials"
    label = "trials"
