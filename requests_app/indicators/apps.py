from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Statistics without pages: daily rollups, and what they say of a place over a period."""

    name = "requests_app.indicators"
    label = "indicators"
